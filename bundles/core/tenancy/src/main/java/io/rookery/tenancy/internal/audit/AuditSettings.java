// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit;

import io.rookery.tenancy.internal.audit.bucket.Bucket;
import io.rookery.tenancy.internal.audit.bucket.Bucket.Lock;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** What is configured of the audit log. */
@Component(service = AuditSettings.class, configurationPid = AuditConfiguration.PID)
@Designate(ocd = AuditConfiguration.class)
public final class AuditSettings {

  private final Path folder;
  private final boolean offHost;
  private final Bucket bucket;
  private final Keeping keeping;
  private final int refusalsPerMinute;

  /**
   * How long things are kept.
   *
   * @param entries whole entries
   * @param sources the addresses in them
   */
  record Keeping(Period entries, Duration sources) {

    Keeping {
      if (entries.isZero() || entries.isNegative() || sources.isNegative()) {
        throw new IllegalArgumentException("Audit entries are kept for a month at least");
      }
    }
  }

  /** Reads the configuration. */
  @Activate
  public AuditSettings(BundleContext bundle, AuditConfiguration configuration) {
    String data = bundle.getProperty("karaf.data");
    String named = configuration.heads__folder().strip();
    this.offHost = !named.isEmpty();
    this.folder = offHost ? Path.of(named) : Path.of(data == null ? "." : data).resolve("audit");
    this.bucket = configuration.heads__bucket().isBlank() ? null : bucket(configuration);
    this.keeping =
        new Keeping(
            Period.ofMonths(configuration.retention__months()),
            Duration.ofDays(configuration.source__days()));
    this.refusalsPerMinute = Math.max(1, configuration.refusals__per__minute());
  }

  private static Bucket bucket(AuditConfiguration configuration) {
    int days = configuration.heads__lock__days();
    return new Bucket(
        URI.create(configuration.heads__bucket().strip()),
        configuration.heads__region().strip(),
        configuration.heads__prefix().strip(),
        configuration.heads__access__key().strip(),
        days == 0
            ? null
            : new Lock(configuration.heads__lock__mode().strip(), Duration.ofDays(days)));
  }

  /** Returns the object store of copied heads; empty where there is none. */
  Optional<Bucket> bucket() {
    return Optional.ofNullable(bucket);
  }

  /** Returns the folder of copied heads. */
  Path folder() {
    return folder;
  }

  /** Returns whether somebody chose the folder, so that it may be on another host. */
  boolean offHost() {
    return offHost;
  }

  Keeping keeping() {
    return keeping;
  }

  int refusalsPerMinute() {
    return refusalsPerMinute;
  }
}
