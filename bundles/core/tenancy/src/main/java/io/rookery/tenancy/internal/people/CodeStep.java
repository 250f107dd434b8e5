// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.people.Origin;
import io.rookery.api.people.SessionService.Challenge;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.persistence.Transactions;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.key.KeyDigests;
import io.rookery.tenancy.internal.people.Lockout.Attempt;
import io.rookery.tenancy.internal.people.SecondFactors.Answer;
import io.rookery.tenancy.internal.people.store.Challenges;
import io.rookery.tenancy.internal.people.store.Challenges.Pending;
import io.rookery.tenancy.internal.people.store.Seen;
import io.rookery.tenancy.internal.people.token.FreshToken;
import io.rookery.tenancy.internal.people.token.TokenKind;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** The second step of signing in, for whoever has a second factor. */
final class CodeStep {

  private final KeyDigests digests;
  private final Challenges challenges;
  private final SecondFactors factors;
  private final Lockout lockout;
  private final Refusals refusals;
  private final Clock clock;

  CodeStep(
      Transactions transactions,
      KeyDigests digests,
      SecondFactors factors,
      Gate gate,
      Clock clock) {
    this.digests = digests;
    this.challenges = new Challenges(transactions);
    this.factors = factors;
    this.lockout = gate.lockout();
    this.refusals = gate.refusals();
    this.clock = clock;
  }

  /** What counts failures and tells of them. */
  record Gate(Lockout lockout, Refusals refusals) {}

  /** Asks for a code, unless the password was set anew since it was seen. */
  Optional<Challenge> ask(Seen seen, UUID tenantId) {
    FreshToken token = FreshToken.of(TokenKind.CHALLENGE, digests, now());
    return challenges.add(seen, tenantId, token)
        ? Optional.of(new Challenge(token.text(), token.expiresAt()))
        : Optional.empty();
  }

  /** Returns who is to be signed in by a challenge. */
  Pending pending(Secret challenge) {
    String text = TokenKind.CHALLENGE.read(challenge);
    return challenges.find(digests.all(text), now()).orElseThrow(TokenKind::refused);
  }

  /** Lets an attempt go on only with a right code, which is used up, as the challenge is. */
  void require(Pending pending, String code, Attempt attempt, Origin origin) {
    Answer answer = take(pending, code, attempt, origin);
    if (answer == Answer.WRONG || !challenges.use(pending)) {
      refusals.code(pending.place(), pending.userId(), lockout.fail(attempt, now()), origin);
      throw new RookeryException(CommonErrors.UNAUTHENTICATED, "The code is wrong or was used");
    }
    lockout.succeed(attempt);
    if (answer == Answer.RECOVERY_CODE) {
      refusals.recovered(pending.place(), pending.userId(), origin);
    }
  }

  /** A store that cannot be asked is nobody's failure. */
  private Answer take(Pending pending, String code, Attempt attempt, Origin origin) {
    UUID user = pending.userId();
    try {
      return factors.take(PeopleLog.context(pending.place().tenantId(), user, origin), user, code);
    } catch (RookeryException e) {
      lockout.takeBack(attempt);
      throw e;
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
