// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

import io.rookery.spi.mail.Capability;
import java.time.Duration;
import java.util.Set;

/**
 * How much recipient domains get at most, and when mail takes another way.
 *
 * @param caps the operator's caps
 * @param blindCaps those that stand beside them for backends that show no deferrals, by which
 *     nobody could slow down
 * @param failoverAfter for how long a mailbox's own server must be away before its fallbacks are
 *     used
 */
public record ThrottleSettings(DomainCaps caps, DomainCaps blindCaps, Duration failoverAfter) {

  private static final Duration USUAL_FAILOVER = Duration.ofSeconds(60);

  /** No caps: the receivers' replies alone decide. */
  public static final ThrottleSettings NONE =
      new ThrottleSettings(DomainCaps.NONE, DomainCaps.NONE);

  /** Settings with the usual patience. */
  public ThrottleSettings(DomainCaps caps, DomainCaps blindCaps) {
    this(caps, blindCaps, USUAL_FAILOVER);
  }

  /** Returns the caps for mail by a backend; none where it lets no mail out. */
  public DomainCaps capsOf(Set<Capability> backend) {
    if (backend.contains(Capability.CATCHES_MAIL)) {
      return DomainCaps.NONE;
    }
    return backend.contains(Capability.SHOWS_DEFERRALS) ? caps : caps.or(blindCaps);
  }
}
