// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.start;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the database beside the start of everything else, tries again while it cannot be had, and
 * then looks each second whether our own server lives. What needs the database waits for its
 * service.
 */
@Component(
    immediate = true,
    service = {},
    configurationPid = "io.rookery.persistence")
@Designate(ocd = PersistenceConfiguration.class)
public final class DatabaseStarter {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseStarter.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final long STOP_SECONDS = 330;

  private final Opener opener;
  private final Publication publication;
  private final ScheduledExecutorService executor;
  private Opened opened;
  private String lastFailure = "";

  /** Begins to open the database. */
  @Activate
  public DatabaseStarter(BundleContext context, PersistenceConfiguration configuration) {
    this(
        new Opener(configuration, folder(context, configuration)),
        new Publication(context),
        PERIOD);
  }

  DatabaseStarter(Opener opener, Publication publication, Duration pause) {
    this.opener = opener;
    this.publication = publication;
    this.executor =
        Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "rookery-database"));
    Future<?> unused =
        executor.scheduleWithFixedDelay(this::look, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Path folder(BundleContext context, PersistenceConfiguration configuration) {
    if (!configuration.folder().isBlank()) {
      return Path.of(configuration.folder());
    }
    String data = context.getProperty("karaf.data");
    return data == null
        ? context.getDataFile("postgres").toPath()
        : Path.of(data).resolve("postgres");
  }

  private void look() {
    try {
      if (opened == null) {
        opened = opener.open();
        lastFailure = "";
        publication.publish(opened.database());
      } else {
        opened.keepAlive();
      }
    } catch (Exception e) {
      report(e);
    }
  }

  /** Says the same thing once, however often it is tried. */
  private void report(Exception failure) {
    String words = String.valueOf(failure.getMessage());
    if (!words.equals(lastFailure)) {
      LOG.error("The database cannot be had; it is tried again each second. {}", words, failure);
      lastFailure = words;
    }
  }

  /** Takes the database away from all who use it, then stops our own server. */
  @Deactivate
  public void close() {
    publication.withdraw();
    executor.execute(this::end);
    executor.shutdown();
    try {
      if (!executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The database did not stop in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end() {
    publication.withdraw();
    if (opened != null) {
      opened.close();
      opened = null;
    }
  }
}
