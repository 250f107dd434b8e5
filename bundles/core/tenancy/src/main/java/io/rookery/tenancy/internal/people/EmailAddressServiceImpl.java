// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.people.EmailAddressService;
import io.rookery.api.people.Origin;
import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.OperatorTenant;
import io.rookery.tenancy.internal.key.KeyDigests;
import io.rookery.tenancy.internal.people.link.LinkKind;
import io.rookery.tenancy.internal.people.link.MailedLink;
import io.rookery.tenancy.internal.people.link.MailedLinks;
import io.rookery.tenancy.internal.people.link.MailedLinks.Claimed;
import io.rookery.tenancy.internal.people.password.PasswordHasher;
import io.rookery.tenancy.internal.people.store.Account;
import io.rookery.tenancy.internal.people.store.Accounts;
import io.rookery.tenancy.internal.people.store.EmailChanges;
import io.rookery.tenancy.internal.people.store.EmailChanges.EmailChange;
import io.rookery.tenancy.internal.people.store.LinkUses;
import io.rookery.tenancy.internal.people.store.LinkUses.Use;
import io.rookery.tenancy.internal.people.token.TokenKind;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Verifies people's addresses and changes them, by links alone. */
@Component(
    service = EmailAddressService.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=tenancy)"))
public final class EmailAddressServiceImpl implements EmailAddressService {

  private final Transactions transactions;
  private final EventLog events;
  private final KeyDigests digests;
  private final AskLimits limits;
  private final MailedLinks links;
  private final Accounts accounts;
  private final EmailChanges changes;
  private final LinkUses uses;
  private final PasswordStep passwords;
  private final PeopleLog log;
  private final Clock clock;

  /** Serves once the tables and the platform's keys are there. */
  @Activate
  public EmailAddressServiceImpl(
      @Reference Transactions transactions,
      @Reference EventLog log,
      @Reference PlatformKeys keys,
      @Reference OperatorTenant operator,
      @Reference Passwords passwords) {
    this(new Neighbours(transactions, log, keys, operator), passwords.hasher(), Clock.systemUTC());
  }

  /** Serves by a given clock. */
  public EmailAddressServiceImpl(Neighbours neighbours, PasswordHasher hasher, Clock clock) {
    this.transactions = neighbours.transactions();
    this.events = neighbours.log();
    this.digests = new KeyDigests(neighbours.keys(), KeyPurpose.SESSION);
    this.limits = new AskLimits(transactions, digests);
    this.links = new MailedLinks(neighbours.keys());
    this.accounts = new Accounts(transactions);
    this.changes = new EmailChanges(transactions);
    this.uses = new LinkUses(transactions);
    this.log = new PeopleLog(transactions, neighbours.log(), clock);
    CodeStep.Gate gate =
        new CodeStep.Gate(
            new Lockout(transactions, digests), new Refusals(log, neighbours.operator()));
    this.passwords = new PasswordStep(transactions, hasher, gate, clock);
    this.clock = clock;
  }

  /** The services that it leans on. */
  public record Neighbours(
      Transactions transactions, EventLog log, PlatformKeys keys, OperatorTenant operator) {}

  /** That a link was asked for; what a repeated request is answered by. */
  record Asked(UUID id) {}

  @Override
  public void askVerification(TenantContext person) {
    Account account = self(person);
    if (account.user().emailVerified()) {
      throw new RookeryException(CommonErrors.WRONG_STATE, "The address is verified already");
    }
    limits.admit(account.user().id(), now());
    UUID user = account.user().id();
    once(person, user, List.of(log.event("user.verification_asked", user, Map.of())));
  }

  @Override
  public void askChange(TenantContext person, NewAddress wanted, Origin origin) {
    Account account = self(person);
    UUID user = account.user().id();
    String address = checked(wanted.email(), account.user().email());
    passwords.require(account, person.tenantId(), wanted.password(), origin);
    limits.admit(user, now());
    TenantContext sealed = person.with(SealedKeys.seal(person.idempotencyKey(), digests));
    // The key first: a request that comes again must not put its change in place of a later one.
    UUID id = once(sealed, Uuids.next(), List.of()).id();
    EmailChange change =
        new EmailChange(id, user, account.user().email(), address, EmailText.key(address), true);
    UUID waiting = changes.ask(change, account.seen(), now()).orElseThrow(PasswordStep::wrong);
    Map<String, ?> whose = Map.of("user_id", user);
    // Mails are written by what these tell of, so that must be there by then.
    once(
        told(sealed, id),
        waiting,
        List.of(
            log.event("email_change.asked", waiting, whose),
            log.event("email_change.link_asked", waiting, whose)));
  }

  private static String checked(String email, String present) {
    String address = email == null ? "" : email.strip();
    if (!EmailText.valid(address)) {
      throw RookeryException.invalid("/email", "Give an e-mail address");
    }
    if (EmailText.key(address).equals(EmailText.key(present))) {
      throw RookeryException.invalid("/email", "It is the account's address already");
    }
    return address;
  }

  /** Returns a context under whose key a change is told of once, by whatever request. */
  private static TenantContext told(TenantContext sealed, UUID change) {
    IdempotencyKey key = sealed.idempotencyKey();
    return key == null
        ? sealed
        : sealed.with(new IdempotencyKey("email_change.asked " + change, key.fingerprint()));
  }

  private Asked once(TenantContext person, UUID id, List<NewEvent> told) {
    return transactions.callOnce(
        person,
        Asked.class,
        tx -> {
          if (!told.isEmpty()) {
            events.append(tx, told);
          }
          return new Asked(id);
        });
  }

  private Account self(TenantContext person) {
    return accounts
        .find(PersonContext.userId(person))
        .orElseThrow(() -> RookeryException.notFound("user"));
  }

  @Override
  public void redeem(Secret token, Origin origin) {
    Claimed claimed = links.read(LinkKind.VERIFY, token, now());
    UUID subject = claimed.link().subjectId();
    Optional<Account> account = accounts.find(subject);
    if (account.isPresent()) {
      verify(claimed, account.get(), origin);
    } else {
      change(claimed, changes.find(subject).orElseThrow(TokenKind::refused), origin);
    }
  }

  private void verify(Claimed claimed, Account account, Origin origin) {
    String key = EmailText.key(account.user().email());
    MailedLink link = links.require(claimed, key);
    UUID user = account.user().id();
    if (!uses.verify(link, new Use(user, origin.address(), now()), key)) {
      throw TokenKind.refused();
    }
    tell(account, "user.email_verified", origin);
  }

  private void change(Claimed claimed, EmailChange change, Origin origin) {
    MailedLink link = links.require(claimed, change.emailKey());
    Use use = new Use(change.userId(), origin.address(), now());
    if (!change.pending() || !make(link, use)) {
      throw TokenKind.refused();
    }
    accounts
        .find(change.userId())
        .ifPresent(account -> tell(account, "user.email_changed", origin));
  }

  private boolean make(MailedLink link, Use use) {
    try {
      return changes.make(link, use);
    } catch (RookeryException e) {
      throw e.code().equals(CommonErrors.CONFLICT)
          ? new RookeryException(
              CommonErrors.CONFLICT, "Another account has the address by now; nothing changed", e)
          : e;
    }
  }

  private void tell(Account account, String type, Origin origin) {
    UUID user = account.user().id();
    account
        .places()
        .forEach(
            place ->
                log.append(
                    PeopleLog.context(place.tenantId(), user, origin),
                    List.of(log.event(type, user, Map.of("by", "link")))));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
