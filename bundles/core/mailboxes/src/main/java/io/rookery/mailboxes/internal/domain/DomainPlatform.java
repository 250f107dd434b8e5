// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import io.rookery.kernel.RookeryException;
import io.rookery.mailboxes.internal.check.CheckResult;
import io.rookery.mailboxes.internal.check.Checks;
import io.rookery.mailboxes.internal.check.DomainSettings;
import io.rookery.mailboxes.internal.check.DomainSubject;
import io.rookery.mailboxes.internal.dns.Dns;
import io.rookery.mailboxes.internal.dns.LiveDns;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** What the operator has configured, and the checks by it: a few at a time on this node. */
@Component(service = DomainPlatform.class, configurationPid = DomainConfiguration.PID)
@Designate(ocd = DomainConfiguration.class)
public final class DomainPlatform {

  private static final Duration WAIT = Duration.ofSeconds(5);

  private final DomainSettings settings;
  private final Checks checks;

  /** Slow name servers must not take all threads that answer requests. */
  private final CheckRoom room = new CheckRoom();

  /** Reads the configuration. */
  @Activate
  public DomainPlatform(DomainConfiguration configuration, @Reference PublicAddress links) {
    this(Configured.settings(configuration, links), dns(configuration));
  }

  private DomainPlatform(DomainSettings settings, Dns dns) {
    this.settings = settings;
    this.checks = new Checks(settings, dns);
  }

  /** The same by other settings and name servers. */
  public static DomainPlatform of(DomainSettings settings, Dns dns) {
    return new DomainPlatform(settings, dns);
  }

  private static Dns dns(DomainConfiguration configuration) {
    int millis = Math.max(100, Math.min(configuration.dns_timeout_millis(), 10_000));
    return new LiveDns(Configured.resolvers(configuration), Duration.ofMillis(millis));
  }

  @Deactivate
  void stop() {
    LiveDns.end();
  }

  DomainSettings settings() {
    return settings;
  }

  /** Looks whether a host leads to the platform. */
  public CheckResult trackingHost(String host) {
    return checks.trackingHost(host);
  }

  /** Looks at the records of a tenant's domain, or says that there is no room now. */
  List<CheckResult> check(UUID tenantId, DomainSubject subject) {
    if (!room.enter(tenantId)) {
      throw RookeryException.unavailable("Many domains are being checked now", WAIT, null);
    }
    try {
      return checks.run(subject);
    } finally {
      room.leave(tenantId);
    }
  }
}
