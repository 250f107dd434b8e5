// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import io.rookery.mailboxes.internal.dns.BoundedDns;
import io.rookery.mailboxes.internal.dns.Dns;
import java.time.Duration;
import java.util.List;

/** All checks of a domain, within a bounded time. Thread-safe. */
public final class Checks {

  /** How long the look at one domain may last, give or take one answer. */
  static final Duration TIME = Duration.ofSeconds(15);

  private final Dns dns;
  private final List<DomainCheck> checks;
  private final TrackingHostCheck trackingHost;

  /** Checks by what the operator has configured. */
  public Checks(DomainSettings settings, Dns dns) {
    SpfCheck spf = new SpfCheck(settings);
    MxCheck mx = new MxCheck(settings);
    this.dns = dns;
    this.trackingHost = new TrackingHostCheck(settings);
    // What decides comes first, should the time run out.
    this.checks =
        List.of(
            new DkimCheck(),
            spf,
            new ReturnPathCheck(settings, spf, mx),
            mx,
            new DmarcCheck(settings),
            trackingHost);
  }

  /** Returns whether a host leads to the platform, by itself. */
  public CheckResult trackingHost(String host) {
    return trackingHost.look(host, new BoundedDns(dns, TIME, System::nanoTime));
  }

  /** Returns what all of them came to. */
  public List<CheckResult> run(DomainSubject subject) {
    Dns bounded = new BoundedDns(dns, TIME, System::nanoTime);
    return checks.stream().flatMap(check -> check.check(subject, bounded).stream()).toList();
  }
}
