// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import io.rookery.jobs.Schedule;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.store.Directory;
import io.rookery.tenancy.internal.store.KeyPointers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes pointers and directory entries that were written ahead of something that never came, ten
 * minutes on: longer than any request lasts.
 */
@Component(
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=tenancy)"))
public final class OrphanSweep implements Schedule {

  private static final Logger LOG = LoggerFactory.getLogger(OrphanSweep.class);
  private static final Duration AGE = Duration.ofMinutes(10);

  private final Directory directory;
  private final KeyPointers pointers;
  private final Clock clock;

  /** Sweeps once the tables are there. */
  @Activate
  public OrphanSweep(@Reference Transactions transactions) {
    this(transactions, Clock.systemUTC());
  }

  OrphanSweep(Transactions transactions, Clock clock) {
    this.directory = new Directory(transactions);
    this.pointers = new KeyPointers(transactions);
    this.clock = clock;
  }

  @Override
  public String name() {
    return "tenancy-orphans";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(5);
  }

  @Override
  public void run() {
    Instant before = clock.instant().minus(AGE);
    int keys = pointers.sweep(before);
    int tenants = directory.sweep(before);
    if (keys + tenants > 0) {
      LOG.info("Removed {} pointers and {} directory entries that led nowhere", keys, tenants);
    }
  }
}
