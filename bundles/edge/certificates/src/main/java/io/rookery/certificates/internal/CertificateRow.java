// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import io.rookery.api.certificates.Certificates.HostCertificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A host as its table holds it.
 *
 * @param version of the key and certificate in the secret store, 0 while there are none
 * @param lookedAt when the authority was last asked when to renew, or null
 * @param failures how many orders failed in a row
 */
record CertificateRow(
    String host,
    int version,
    String issuer,
    Instant notBefore,
    Instant notAfter,
    Instant renewAt,
    Instant lookedAt,
    int failures,
    String trouble,
    Instant nextTryAt) {

  /** The authority asks to be asked again about this often (RFC 9773 §4.3). */
  static final Duration LOOK_AGAIN = Duration.ofHours(6);

  private static final Duration FIRST_WAIT = Duration.ofMinutes(10);
  private static final Duration LONGEST_WAIT = Duration.ofHours(24);

  /** No limit of a known authority is over more than a week. */
  private static final Duration LONGEST_REFUSAL = Duration.ofDays(7);

  private static final int LONGEST_TROUBLE = 500;

  /** A certificate is renewed once this part of its life is over, unless the authority says. */
  private static final double PART = 2.0 / 3;

  static CertificateRow wanted(String host, Instant now) {
    return new CertificateRow(host, 0, null, null, null, null, null, 0, null, now);
  }

  HostCertificate shown() {
    return new HostCertificate(host, issuer, notBefore, notAfter, renewAt, trouble, nextTryAt);
  }

  boolean isDue(Instant now) {
    boolean old = version == 0 || renewAt == null || !renewAt.isAfter(now);
    return old && !nextTryAt.isAfter(now);
  }

  /** Returns whether the authority is to be asked when it would have it renewed. */
  boolean isToBeLookedAt(Instant now) {
    return version > 0
        && !isDue(now)
        && (lookedAt == null || !lookedAt.plus(LOOK_AGAIN).isAfter(now));
  }

  /**
   * Returns whether a renewal was asked for since the row was as it is given. That of a host
   * without a certificate is answered by any that it gets.
   */
  private boolean isAskedForSince(CertificateRow before) {
    return !nextTryAt.equals(before.nextTryAt) || !Objects.equals(renewAt, before.renewAt);
  }

  /** Returns the row with a renewal asked for, however lately one failed. */
  CertificateRow askedFor(Instant now) {
    return new CertificateRow(
        host, version, issuer, notBefore, notAfter, now, lookedAt, failures, trouble, now);
  }

  /**
   * Returns the row with a certificate that was got under a version of the secret.
   *
   * @param begun the row as it was when it was ordered
   */
  CertificateRow got(Orders.Issued issued, CertificateRow begun, Instant now) {
    CertificateRow renewed = got(issued.certificate(), issued.version(), now);
    boolean again = version > 0 && isAskedForSince(begun);
    return again ? renewed.askedFor(nextTryAt) : renewed;
  }

  private CertificateRow got(X509Certificate certificate, int under, Instant now) {
    Instant begin = certificate.getNotBefore().toInstant();
    Instant end = certificate.getNotAfter().toInstant();
    long part = (long) (Duration.between(begin, end).toSeconds() * PART);
    return new CertificateRow(
        host,
        under,
        certificate.getIssuerX500Principal().getName(),
        begin,
        end,
        begin.plusSeconds(part),
        null,
        0,
        null,
        now);
  }

  /**
   * Returns the row as it is after an order failed: each waits twice as long, up to a day, and as
   * long as the authority says; the shortest time again where we failed ourselves.
   *
   * @param begun the row as it was when it was ordered
   */
  CertificateRow failed(OrderException why, CertificateRow begun, Instant now) {
    Instant next = isAskedForSince(begun) ? nextTryAt : next(why, now);
    return new CertificateRow(
        host,
        version,
        issuer,
        notBefore,
        notAfter,
        renewAt,
        lookedAt,
        why.isOurs() ? failures : failures + 1,
        trouble(why),
        next);
  }

  private Instant next(OrderException why, Instant now) {
    int before = why.isOurs() ? 0 : failures;
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(before, 10));
    Instant next = now.plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    if (why.notBefore() == null || !why.notBefore().isAfter(next)) {
      return next;
    }
    Instant longest = now.plus(LONGEST_REFUSAL);
    return why.notBefore().isAfter(longest) ? longest : why.notBefore();
  }

  /** What others sent stands in it, and the database takes no NUL. */
  private static String trouble(OrderException why) {
    String told = OrderException.told(why).replaceAll("\\p{Cntrl}", " ");
    return told.length() > LONGEST_TROUBLE ? told.substring(0, LONGEST_TROUBLE) + "…" : told;
  }

  /**
   * Returns the row with the time at which it is to be renewed, or the same where null. What was
   * changed since the authority was asked stays, and it is asked again.
   *
   * @param begun the row as it was when it was asked
   */
  CertificateRow lookedAt(Instant renewal, CertificateRow begun, Instant now) {
    if (version != begun.version || isAskedForSince(begun)) {
      return this;
    }
    Instant at = renewal == null ? renewAt : renewal;
    return new CertificateRow(
        host, version, issuer, notBefore, notAfter, at, now, failures, trouble, nextTryAt);
  }
}
