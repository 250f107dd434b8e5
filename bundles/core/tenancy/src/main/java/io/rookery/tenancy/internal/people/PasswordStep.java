// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.people.Origin;
import io.rookery.kernel.RookeryException;
import io.rookery.persistence.Transactions;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.people.CodeStep.Gate;
import io.rookery.tenancy.internal.people.Lockout.Attempt;
import io.rookery.tenancy.internal.people.password.PasswordHasher;
import io.rookery.tenancy.internal.people.store.Account;
import io.rookery.tenancy.internal.people.store.Sessions;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Asks somebody who is signed in for the password once more. A wrong one counts as a sign-in that
 * failed, so that whoever has got hold of a session guesses no faster than at the door.
 */
final class PasswordStep {

  private static final int LONGEST = 1000;

  private final PasswordHasher hasher;
  private final Lockout lockout;
  private final Refusals refusals;
  private final Sessions sessions;
  private final Clock clock;

  PasswordStep(Transactions transactions, PasswordHasher hasher, Gate gate, Clock clock) {
    this.hasher = hasher;
    this.lockout = gate.lockout();
    this.refusals = gate.refusals();
    this.sessions = new Sessions(transactions);
    this.clock = clock;
  }

  /**
   * Lets an attempt go on only with the right password. Failures that were counted stay counted, as
   * whoever has a second factor has shown half of it alone.
   *
   * @throws RookeryException {@code validation_failed} at {@code /password}, {@code rate_limited},
   *     {@code unlock_required}
   */
  void require(Account account, UUID tenantId, Secret password, Origin origin) {
    UUID user = account.user().id();
    if (password.reveal().length() > LONGEST) {
      throw wrong();
    }
    String key = EmailText.key(account.user().email());
    Attempt attempt = lockout.admit(key, origin.address(), now());
    if (attempt.guarded() && !sessions.familiar(user, origin.address(), now())) {
      lockout.takeBack(attempt);
      throw SessionServiceImpl.unlockRequired();
    }
    if (!matches(password, account.passwordHash(), attempt)) {
      refusals.password(tenantId, user, lockout.fail(attempt, now()), origin);
      throw wrong();
    }
    lockout.takeBack(attempt);
  }

  /** Who is sent away as too many sign in has not failed. */
  private boolean matches(Secret password, String hash, Attempt attempt) {
    try {
      return hasher.matches(password, hash);
    } catch (RookeryException e) {
      lockout.takeBack(attempt);
      throw e;
    }
  }

  /** Returns the answer to whoever gives a password that is wrong, or by now. */
  static RookeryException wrong() {
    return RookeryException.invalid("/password", "The password is wrong");
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
