// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.people.Origin;
import io.rookery.kernel.RookeryException;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.people.CodeStep.Gate;
import io.rookery.tenancy.internal.people.Lockout.Attempt;
import io.rookery.tenancy.internal.people.store.Account;
import io.rookery.tenancy.internal.people.store.Sessions;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Asks somebody who is signed in for a code; a wrong one counts as a sign-in that failed. */
final class CodeAgain {

  private final Lockout lockout;
  private final Refusals refusals;
  private final Sessions sessions;
  private final Clock clock;

  CodeAgain(Transactions transactions, Gate gate, Clock clock) {
    this.lockout = gate.lockout();
    this.refusals = gate.refusals();
    this.sessions = new Sessions(transactions);
    this.clock = clock;
  }

  /**
   * Returns what a look at the code comes to.
   *
   * @param look what looks, to nothing where the code is wrong
   * @throws RookeryException {@code validation_failed} at {@code /code}, {@code rate_limited},
   *     {@code unlock_required}
   */
  <T> T require(Account account, UUID tenantId, Origin origin, Supplier<Optional<T>> look) {
    UUID user = account.user().id();
    String key = EmailText.key(account.user().email());
    Attempt attempt = lockout.admit(key, origin.address(), now());
    if (attempt.guarded() && !sessions.familiar(user, origin.address(), now())) {
      lockout.takeBack(attempt);
      throw SessionServiceImpl.unlockRequired();
    }
    Optional<T> right = look(look, attempt);
    if (right.isEmpty()) {
      refusals.codeAgain(tenantId, user, lockout.fail(attempt, now()), origin);
      throw RookeryException.invalid("/code", "The code is wrong or was used before");
    }
    lockout.takeBack(attempt);
    return right.get();
  }

  /** A store that cannot be asked is nobody's failure. */
  private <T> Optional<T> look(Supplier<Optional<T>> look, Attempt attempt) {
    try {
      return look.get();
    } catch (RookeryException e) {
      lockout.takeBack(attempt);
      throw e;
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
