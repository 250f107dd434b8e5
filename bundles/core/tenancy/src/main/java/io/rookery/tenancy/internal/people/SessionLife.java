// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.people.Origin;
import io.rookery.api.people.Session;
import io.rookery.api.people.SessionService.Tokens;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.Transactions;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.key.KeyDigests;
import io.rookery.tenancy.internal.people.store.Families;
import io.rookery.tenancy.internal.people.store.Families.Entry;
import io.rookery.tenancy.internal.people.store.Families.Member;
import io.rookery.tenancy.internal.people.store.Families.Outcome;
import io.rookery.tenancy.internal.people.store.Place;
import io.rookery.tenancy.internal.people.store.Seen;
import io.rookery.tenancy.internal.people.store.Sessions;
import io.rookery.tenancy.internal.people.store.Sessions.Ended;
import io.rookery.tenancy.internal.people.store.Sessions.Opening;
import io.rookery.tenancy.internal.people.store.Sessions.Reason;
import io.rookery.tenancy.internal.people.store.TokenPair;
import io.rookery.tenancy.internal.people.token.TokenKind;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** How sessions begin, go on and end. Tokens leave only after the log has the session. */
final class SessionLife {

  private final Epochs epochs;
  private final KeyDigests digests;
  private final Sessions sessions;
  private final Families families;
  private final PeopleLog log;
  private final Clock clock;

  SessionLife(
      Transactions transactions, Epochs epochs, KeyDigests digests, PeopleLog log, Clock clock) {
    this.epochs = epochs;
    this.digests = digests;
    this.sessions = new Sessions(transactions);
    this.families = new Families(transactions);
    this.log = log;
    this.clock = clock;
  }

  /** Begins a session, unless the password was set anew since it was seen. */
  Optional<Tokens> open(Seen seen, Place place, Origin origin) {
    Instant now = now();
    Member member = new Member(Uuids.next(), seen.userId(), place.tenantId(), place.role());
    TokenPair made = TokenPair.create(digests, now);
    Opening opening = new Opening(member.sessionId(), seen, place.tenantId(), origin, now);
    Optional<List<Ended>> displaced = sessions.open(opening, made);
    if (displaced.isEmpty()) {
      return Optional.empty();
    }
    begun(member, origin);
    conclude(displaced.get(), origin);
    return Optional.of(tokens(member, made));
  }

  Tokens refresh(Secret refreshToken, Origin origin) {
    String text = TokenKind.REFRESH.read(refreshToken);
    Instant now = now();
    TokenPair next = TokenPair.create(digests, now);
    Outcome outcome = families.use(digests.all(text), next, origin, now);
    conclude(outcome.ended(), origin);
    if (outcome.refreshed() == null) {
      throw TokenKind.refused();
    }
    return tokens(outcome.refreshed(), next);
  }

  /** Goes on in another tenant. */
  Tokens enter(Secret refreshToken, String tenant, Origin origin) {
    String text = TokenKind.REFRESH.read(refreshToken);
    Instant now = now();
    Entry entry = new Entry(Uuids.next(), tenant, TokenPair.create(digests, now));
    Outcome outcome = families.enter(digests.all(text), entry, origin, now);
    Member there = outcome.refreshed();
    if (there != null) {
      begun(there, origin);
    }
    conclude(outcome.ended(), origin);
    if (there == null) {
      throw TokenKind.refused();
    }
    return tokens(there, entry.tokens());
  }

  private void begun(Member member, Origin origin) {
    log.append(
        PeopleLog.context(member.tenantId(), member.userId(), origin),
        List.of(
            log.event("session.created", member.sessionId(), Map.of("user_id", member.userId()))));
  }

  private static Tokens tokens(Member member, TokenPair made) {
    return new Tokens(
        member.sessionId(),
        member.userId(),
        member.tenantId(),
        member.role(),
        made.access().text(),
        made.access().expiresAt(),
        made.refresh().text(),
        made.refresh().expiresAt());
  }

  List<Session> list(UUID userId) {
    return sessions.list(userId, now());
  }

  void end(TenantContext person, UUID id) {
    UUID userId = PersonContext.userId(person);
    List<Ended> ended = sessions.end(userId, id, Reason.SIGNED_OUT, now());
    if (ended.isEmpty() && !sessions.known(userId, id)) {
      throw RookeryException.notFound("session");
    }
    told(ended);
    if (!ended.isEmpty()) {
      log.ended(person::inside, ended);
    }
  }

  /** Returns whether a person has signed in from an address lately. */
  boolean familiar(UUID userId, Origin origin) {
    return sessions.familiar(userId, origin.address(), now());
  }

  /** Tells every node, and the log of each tenant, of sessions of one person that have ended. */
  private void conclude(List<Ended> ended, Origin origin) {
    told(ended);
    if (!ended.isEmpty()) {
      UUID userId = ended.get(0).userId();
      log.ended(tenant -> PeopleLog.context(tenant, userId, origin), ended);
    }
  }

  private void told(List<Ended> ended) {
    ended.stream()
        .map(Ended::tenantId)
        .distinct()
        .forEach(tenant -> epochs.raise(tenant, SessionCache.SESSIONS));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
