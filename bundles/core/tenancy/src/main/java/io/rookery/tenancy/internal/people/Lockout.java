// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.kernel.RookeryException;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.key.KeyDigests;
import io.rookery.tenancy.internal.people.store.Failures;
import io.rookery.tenancy.internal.people.store.Failures.Admission;
import io.rookery.tenancy.internal.people.store.Failures.Consequence;
import io.rookery.tenancy.internal.people.store.Failures.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Who may try a password. Five failures lock an address from a source; ten from wherever guard the
 * account, which asks for more than the password but locks nobody out. Whether there is an account
 * plays no part: only digests are counted, under a platform key.
 */
final class Lockout {

  private static final Duration IN_FLIGHT = Duration.ofSeconds(5);

  private final KeyDigests digests;
  private final Failures failures;

  Lockout(Transactions transactions, KeyDigests digests) {
    this.digests = digests;
    this.failures = new Failures(transactions);
  }

  /**
   * An attempt that was admitted.
   *
   * @param guarded whether the account asks for more than the password
   */
  record Attempt(Subject subject, Instant at, boolean guarded) {}

  /**
   * Counts an attempt.
   *
   * @throws RookeryException {@code rate_limited} with a wait where the source is locked
   */
  Attempt admit(String emailKey, String source, Instant now) {
    Subject subject =
        new Subject(
            digest("account\n" + emailKey),
            digest("source\n" + emailKey + "\n" + Sources.of(source)));
    Admission admission = failures.attempt(subject, now);
    if (!admission.admitted()) {
      Duration wait =
          admission.until() == null ? IN_FLIGHT : Duration.between(now, admission.until());
      throw RookeryException.rateLimited("Too many sign-ins have failed from here", wait);
    }
    return new Attempt(subject, now, admission.guarded());
  }

  private byte[] digest(String text) {
    return digests.digest("failure\n" + text).digest();
  }

  Consequence fail(Attempt attempt, Instant now) {
    return failures.fail(attempt.subject(), now);
  }

  void takeBack(Attempt attempt) {
    failures.takeBack(attempt.subject(), attempt.at());
  }

  void succeed(Attempt attempt) {
    failures.succeed(attempt.subject());
  }

  void unlock(String emailKey) {
    failures.unlock(accounts(emailKey));
  }

  /** Returns what failures for an address may be counted under. */
  List<byte[]> accounts(String emailKey) {
    return digests.all("failure\naccount\n" + emailKey);
  }
}
