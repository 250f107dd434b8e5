// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.api.mailboxes.DkimKey;
import io.rookery.api.mailboxes.DkimKeys;
import io.rookery.crypto.Signatures;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.sending.internal.dkim.DkimSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs the mail of one turn with the keys that its tenant had when it began, and finds out when
 * those are not the tenant's keys any more. Thread-safe.
 */
final class TurnSigner {

  private static final Logger LOG = LoggerFactory.getLogger(TurnSigner.class);
  private static final Duration KNOWN = Duration.ofSeconds(2);

  private final DkimKeys keys;
  private final TenantContext context;
  private final String domain;
  private final List<DkimKey> taken;
  private final DkimSigner signer;
  private volatile long askedAt = System.nanoTime();
  private volatile boolean outdated;

  /**
   * Takes up the keys for mail from an address.
   *
   * @throws RookeryException {@code unavailable} while they cannot be had
   */
  TurnSigner(DkimKeys keys, Signatures signatures, TenantContext context, String from) {
    this.keys = keys;
    this.context = context;
    this.domain = from.substring(from.lastIndexOf('@') + 1);
    this.taken = keys.of(context, domain);
    this.signer = new DkimSigner(signatures, taken);
  }

  /** Returns the message with its signatures in front. */
  byte[] sign(byte[] message, Instant at) {
    return signer.sign(message, at);
  }

  /**
   * Returns whether the tenant has other keys by now, or they cannot be had, as known for at most
   * two seconds; never in a transaction.
   */
  boolean outdated() {
    long now = System.nanoTime();
    if (!outdated && now - askedAt > KNOWN.toNanos()) {
      askedAt = now;
      if (!same()) {
        outdated = true;
      }
    }
    return outdated;
  }

  /** Returns what {@link #outdated} last found, without asking. */
  boolean knownOutdated() {
    return outdated;
  }

  private boolean same() {
    try {
      return keys.of(context, domain).equals(taken);
    } catch (RookeryException e) {
      LOG.warn("Mail from {} cannot be signed any more: {}", domain, e.toString());
      return false;
    }
  }
}
