// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.sending;

import io.rookery.kernel.TenantContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How fast mail leaves, over all nodes, up to about five seconds ago. Thread-safe.
 *
 * <p>Nodes add up outcomes in short intervals, of ten seconds for a tenant and of a minute for its
 * mailboxes and recipient domains. An interval that a window cuts counts by the part inside it.
 */
@ProviderType
public interface SendingRates {

  /** The name that stands for all domains beyond those that are told of one by one. */
  String OTHER_DOMAINS = "*";

  /**
   * Returns a tenant's rates; in test mode those of messages made in test mode.
   *
   * @param top how many mailboxes and domains are told of at most, those with most outcomes first
   * @throws io.rookery.kernel.RookeryException {@code validation_failed} where {@code top} is not
   *     from 1 to 100
   */
  Rates rates(TenantContext context, Window window, int top);

  /** Over which time. */
  enum Window {
    /** The last minute, in points of ten seconds. */
    MINUTE(Duration.ofMinutes(1), Duration.ofSeconds(10)),
    /** The last five minutes, in points of ten seconds. */
    FIVE_MINUTES(Duration.ofMinutes(5), Duration.ofSeconds(10)),
    /** The last hour, in points of a minute. */
    HOUR(Duration.ofHours(1), Duration.ofMinutes(1));

    private final Duration length;
    private final Duration point;

    Window(Duration length, Duration point) {
      this.length = length;
      this.point = point;
    }

    /** Returns how long it is. */
    public Duration length() {
      return length;
    }

    /** Returns the time that one point of the series stands for. */
    public Duration point() {
      return point;
    }
  }

  /** Outcomes within a time; a message that is tried twice has two. */
  record Outcomes(long accepted, long deferred, long failed, long inDoubt) {

    /** None yet. */
    public static final Outcomes NONE = new Outcomes(0, 0, 0, 0);

    /** Returns how many there are together. */
    public long all() {
      return accepted + deferred + failed + inDoubt;
    }
  }

  /**
   * A tenant's rates.
   *
   * @param at up to when
   * @param mailboxes those with most outcomes first
   * @param domains recipient domains, those with most outcomes first
   * @param points how it went, the oldest first, without gaps
   */
  record Rates(
      Window window,
      Instant at,
      Outcomes total,
      List<MailboxRate> mailboxes,
      List<DomainRate> domains,
      List<Point> points) {

    /** Copies the lists. */
    public Rates {
      mailboxes = List.copyOf(mailboxes);
      domains = List.copyOf(domains);
      points = List.copyOf(points);
    }
  }

  /** The outcomes of one mailbox. */
  record MailboxRate(UUID mailboxId, Outcomes outcomes) {}

  /** The outcomes of messages to one recipient domain. */
  record DomainRate(String domain, Outcomes outcomes) {}

  /** The outcomes of a short time that began at a moment. */
  record Point(Instant at, Outcomes outcomes) {}
}
