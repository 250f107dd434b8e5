// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.system;

import io.rookery.api.tenancy.TenantService;
import io.rookery.jobs.Schedule;
import io.rookery.kernel.Actor;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import java.time.Clock;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Forgets of what mails of the platform were once their links have long expired. */
@Component(
    service = Schedule.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=sending)"))
public final class SystemMailSweep implements Schedule {

  private static final Duration KEPT = Duration.ofDays(10);

  private final Transactions transactions;
  private final TenantService tenants;
  private final Clock clock;
  private final SystemMailStore store = new SystemMailStore();

  /** Makes the schedule. */
  @Activate
  public SystemMailSweep(@Reference Transactions transactions, @Reference TenantService tenants) {
    this(transactions, tenants, Clock.systemUTC());
  }

  SystemMailSweep(Transactions transactions, TenantService tenants, Clock clock) {
    this.transactions = transactions;
    this.tenants = tenants;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "sending.system-mail-sweep";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run() {
    transactions.call(
        tenants.operator(Actor.system("sending")),
        tx -> store.forget(tx, clock.instant().minus(KEPT)));
  }
}
