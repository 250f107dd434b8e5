// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit;

import io.rookery.api.secrets.PlatformKeys;
import io.rookery.jobs.Schedule;
import io.rookery.persistence.Schema;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.audit.head.HeadKeys;
import io.rookery.tenancy.internal.audit.head.HeadRows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets addresses and drops entries after their time, and thins out old heads, of which each
 * day's last one of a chain says all. Of heads that were copied nothing is dropped in the copies.
 */
@Component(service = Schedule.class)
public final class AuditRetention implements Schedule {

  private static final Logger LOG = LoggerFactory.getLogger(AuditRetention.class);
  private static final Duration DENSE = Duration.ofDays(30);

  private final Transactions transactions;
  private final AuditSettings.Keeping keeping;
  private final Clock clock;
  private final Shortening shortening;

  /** Works by what is configured. */
  @Activate
  public AuditRetention(
      @Reference Transactions transactions,
      @Reference PlatformKeys keys,
      @Reference AuditSettings settings,
      @Reference(target = "(area=tenancy)") Schema schema) {
    this(transactions, new HeadKeys(keys), settings.keeping(), Clock.systemUTC());
  }

  AuditRetention(
      Transactions transactions, HeadKeys keys, AuditSettings.Keeping keeping, Clock clock) {
    this.transactions = transactions;
    this.keeping = keeping;
    this.clock = clock;
    this.shortening = new Shortening(transactions, keys, clock);
  }

  @Override
  public String name() {
    return "audit-retention";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(6);
  }

  @Override
  public void run() {
    Instant now = clock.instant();
    Instant entries = now.atZone(ZoneOffset.UTC).minus(keeping.entries()).toInstant();
    Instant sources = now.minus(keeping.sources());
    for (UUID tenant : chains()) {
      long dropped = shortening.drop(tenant, entries);
      long forgotten = shortening.forget(tenant, sources);
      if (dropped + forgotten > 0) {
        LOG.info(
            "Of the audit log of tenant {} {} entries were dropped, {} lost their address",
            tenant,
            dropped,
            forgotten);
      }
    }
    transactions.system(
        SystemPurpose.RETENTION, connection -> new HeadRows(connection).thin(now.minus(DENSE)));
  }

  private List<UUID> chains() {
    return transactions.system(
        SystemPurpose.RETENTION, connection -> new HeadRows(connection).chains());
  }
}
