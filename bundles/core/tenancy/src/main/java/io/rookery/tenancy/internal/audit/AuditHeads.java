// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit;

import io.rookery.api.monitoring.HealthCheck;
import io.rookery.api.monitoring.MetricSource;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.jobs.Schedule;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.audit.head.HeadFolder;
import io.rookery.tenancy.internal.audit.head.HeadKeys;
import io.rookery.tenancy.internal.audit.head.HeadSigner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs and copies heads twice a minute, on one node at a time. A folder that takes nothing stops
 * no signing: what it missed is copied when it is back.
 */
@Component(service = {Schedule.class, HealthCheck.class, MetricSource.class})
public final class AuditHeads implements Schedule, HealthCheck, MetricSource {

  private static final Logger LOG = LoggerFactory.getLogger(AuditHeads.class);

  private final HeadSigner signer;
  private final Path folder;
  private final boolean offHost;
  private volatile boolean copying = true;

  /** Signs by the platform's keys. */
  @Activate
  public AuditHeads(
      @Reference Transactions transactions,
      @Reference PlatformKeys keys,
      @Reference AuditSettings settings,
      @Reference(target = "(area=tenancy)") Schema schema) {
    this(
        new HeadSigner(
            transactions, new HeadKeys(keys), new HeadFolder(settings.folder()), Clock.systemUTC()),
        settings.folder(),
        settings.offHost());
    if (!offHost) {
      LOG.warn(
          "Heads of the audit log are copied to {}, which is on this host: name a folder on"
              + " another one in etc/{}.cfg",
          folder,
          AuditConfiguration.PID);
    }
  }

  AuditHeads(HeadSigner signer, Path folder, boolean offHost) {
    this.signer = signer;
    this.folder = folder;
    this.offHost = offHost;
  }

  @Override
  public String name() {
    return "audit-heads";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(30);
  }

  @Override
  public void run() {
    signer.sign();
    try {
      signer.copy();
      copying = true;
    } catch (IOException e) {
      if (copying) {
        LOG.error("Heads of the audit log cannot be copied to {}", folder, e);
      }
      copying = false;
    }
  }

  /** A node without its copies still serves, so this never takes it out of service. */
  @Override
  public Health check() {
    int broken = signer.contradicted().size();
    if (broken > 0) {
      return new Health(true, broken + " audit chains are not what was signed before; verify them");
    }
    if (!copying) {
      return new Health(true, "Heads of the audit log cannot be copied to " + folder);
    }
    return new Health(
        true,
        offHost
            ? "Heads are copied to " + folder
            : "Heads are copied to " + folder + ", which is not off this host");
  }

  @Override
  public List<Sample> samples() {
    return List.of(
        new Sample(
            "rookery_audit_contradicted_chains",
            "Audit chains that this node found to differ from what was signed before",
            false,
            Map.of(),
            signer.contradicted().size()));
  }
}
