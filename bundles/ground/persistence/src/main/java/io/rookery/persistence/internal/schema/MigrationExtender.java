// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.schema;

import io.rookery.persistence.Schema;
import io.rookery.persistence.internal.database.Database;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migrates the tables of every bundle that has the header {@code Rookery-Schema} and then publishes
 * its {@link Schema}. Bundles count from when they are resolved, so that at start all are known and
 * migrated in core order before their start level is reached. A bundle that is updated is migrated
 * again. A failed migration publishes nothing; it is tried again, as the reason may go away.
 */
@Component(
    immediate = true,
    service = {})
public final class MigrationExtender implements BundleTrackerCustomizer<BundleSchema> {

  private static final Logger LOG = LoggerFactory.getLogger(MigrationExtender.class);
  private static final int RESOLVED =
      Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;
  private static final Duration RETRY = Duration.ofSeconds(15);

  private final BundleContext context;
  private final SchemaMigrator migrator;
  private final Duration retry;
  private final SchemaQueue queue = new SchemaQueue();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "rookery-schemas"));
  private final BundleTracker<BundleSchema> tracker;

  /** Begins with the bundles that are there already. */
  @Activate
  public MigrationExtender(BundleContext context, @Reference Database database) {
    this(context, new SchemaMigrator(database.ownerSource()), RETRY);
  }

  MigrationExtender(BundleContext context, SchemaMigrator migrator, Duration retry) {
    this.context = context;
    this.migrator = migrator;
    this.retry = retry;
    this.tracker = new BundleTracker<>(context, RESOLVED, this);
    tracker.open();
    executor.execute(this::drain);
  }

  /** Stops, and withdraws every schema. */
  @Deactivate
  public void close() {
    tracker.close();
    executor.shutdownNow();
  }

  @Override
  public BundleSchema addingBundle(Bundle bundle, BundleEvent event) {
    String area = bundle.getHeaders("").get(BundleAreas.HEADER);
    if (area == null) {
      return null;
    }
    BundleSchema schema = new BundleSchema(bundle, area.trim());
    queue.add(schema);
    if (event != null) {
      executor.execute(this::drain);
    }
    return schema;
  }

  @Override
  public void modifiedBundle(Bundle bundle, BundleEvent event, BundleSchema schema) {
    // Starting and stopping change no table.
  }

  @Override
  public void removedBundle(Bundle bundle, BundleEvent event, BundleSchema schema) {
    queue.remove(schema);
    schema.withdraw();
  }

  private void drain() {
    for (BundleSchema next = queue.next(); next != null; next = queue.next()) {
      if (executor.isShutdown()) {
        return;
      }
      migrate(next);
    }
  }

  private void migrate(BundleSchema target) {
    try {
      Schema schema = migrator.migrate(BundleAreas.read(target.bundle(), target.area()));
      LOG.info("The tables of {} are at version {}", schema.area(), schema.version());
      target.publish(context, schema);
    } catch (Exception e) {
      if (target.failedAnew(String.valueOf(e.getMessage()))) {
        LOG.error("The tables of {} cannot be migrated; {} waits", target.area(), target, e);
      }
      retry(target);
    }
  }

  private void retry(BundleSchema target) {
    if (!executor.isShutdown()) {
      Future<?> unused =
          executor.schedule(() -> again(target), retry.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void again(BundleSchema target) {
    queue.addAgain(target);
    drain();
  }
}
