// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit;

import io.rookery.api.monitoring.HealthCheck;
import io.rookery.api.monitoring.MetricSource;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.jobs.Schedule;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.audit.head.HeadKeys;
import io.rookery.tenancy.internal.audit.head.HeadSigner;
import java.io.IOException;
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
 * Signs and copies heads twice a minute, on one node at a time. A place that takes nothing stops no
 * signing: what it missed is copied when it is back.
 */
@Component(service = {Schedule.class, HealthCheck.class, MetricSource.class})
public final class AuditHeads implements Schedule, HealthCheck, MetricSource {

  private static final Logger LOG = LoggerFactory.getLogger(AuditHeads.class);

  private final HeadSigner signer;
  private final String place;
  private final boolean offHost;
  private volatile boolean copying = true;

  /** Signs by the platform's keys. */
  @Activate
  public AuditHeads(
      @Reference Transactions transactions,
      @Reference PlatformKeys keys,
      @Reference AuditCopies copies,
      @Reference(target = "(area=tenancy)") Schema schema) {
    this(
        new HeadSigner(transactions, new HeadKeys(keys), copies.store(), Clock.systemUTC()),
        copies.store().place(),
        copies.offHost());
    if (!offHost) {
      LOG.warn(
          "Heads of the audit log are copied to {}, which is on this host: name a folder on"
              + " another one, or an object store, in etc/{}.cfg",
          place,
          AuditConfiguration.PID);
    }
  }

  AuditHeads(HeadSigner signer, String place, boolean offHost) {
    this.signer = signer;
    this.place = place;
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
        LOG.error("Heads of the audit log cannot be copied to {}", place, e);
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
      return new Health(true, "Heads of the audit log cannot be copied to " + place);
    }
    return new Health(
        true,
        offHost
            ? "Heads are copied to " + place
            : "Heads are copied to " + place + ", which is not off this host");
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
