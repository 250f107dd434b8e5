// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import io.rookery.jobs.Schedule;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.store.UsageRows;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Removes what keys were used on days that are shown no more. */
@Component(
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=tenancy)"))
public final class UsageSweep implements Schedule {

  private final UsageRows rows;
  private final Clock clock;

  /** Sweeps once the tables are there. */
  @Activate
  public UsageSweep(@Reference Transactions transactions) {
    this(transactions, Clock.systemUTC());
  }

  UsageSweep(Transactions transactions, Clock clock) {
    this.rows = new UsageRows(transactions);
    this.clock = clock;
  }

  @Override
  public String name() {
    return "tenancy-key-usage";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    rows.removeBefore(UsageRows.firstShown(today));
  }
}
