// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.people.Origin;
import io.rookery.api.people.PasswordService;
import io.rookery.api.people.User;
import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.events.EventLog;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Epochs;
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
import io.rookery.tenancy.internal.people.password.PasswordRules;
import io.rookery.tenancy.internal.people.store.Account;
import io.rookery.tenancy.internal.people.store.Accounts;
import io.rookery.tenancy.internal.people.store.LinkUses.Use;
import io.rookery.tenancy.internal.people.store.NewPasswords;
import io.rookery.tenancy.internal.people.store.Place;
import io.rookery.tenancy.internal.people.store.Sessions.Ended;
import io.rookery.tenancy.internal.people.token.TokenKind;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Sets passwords that were forgotten. */
@Component(service = PasswordService.class)
public final class PasswordServiceImpl implements PasswordService {

  private final Neighbours neighbours;
  private final PasswordHasher hasher;
  private final PasswordRules rules = new PasswordRules();
  private final AskLimits limits;
  private final MailedLinks links;
  private final Accounts accounts;
  private final NewPasswords passwords;
  private final Lockout lockout;
  private final PeopleLog log;
  private final Clock clock;

  /** Serves once the tables and the platform's keys are there. */
  @Activate
  public PasswordServiceImpl(
      @Reference Transactions transactions,
      @Reference EventLog log,
      @Reference Epochs epochs,
      @Reference PlatformKeys keys,
      @Reference OperatorTenant operator,
      @Reference Passwords passwords,
      @Reference(target = "(area=tenancy)") Schema schema) {
    this(
        new Neighbours(transactions, log, epochs, keys, operator),
        passwords.hasher(),
        Clock.systemUTC());
  }

  /** Serves by a given clock. */
  public PasswordServiceImpl(Neighbours neighbours, PasswordHasher hasher, Clock clock) {
    Transactions transactions = neighbours.transactions();
    KeyDigests digests = new KeyDigests(neighbours.keys(), KeyPurpose.SESSION);
    this.neighbours = neighbours;
    this.hasher = hasher;
    this.limits = new AskLimits(transactions, digests);
    this.links = new MailedLinks(neighbours.keys());
    this.accounts = new Accounts(transactions);
    this.passwords = new NewPasswords(transactions);
    this.lockout = new Lockout(transactions, digests);
    this.log = new PeopleLog(transactions, neighbours.log(), clock);
    this.clock = clock;
  }

  /** The services that it leans on. */
  public record Neighbours(
      Transactions transactions,
      EventLog log,
      Epochs epochs,
      PlatformKeys keys,
      OperatorTenant operator) {}

  @Override
  public void askReset(String email, Origin origin) {
    String address = email.strip();
    if (!EmailText.valid(address)) {
      throw RookeryException.invalid("/email", "Give an e-mail address");
    }
    String key = EmailText.key(address);
    boolean admitted = limits.admit(key, origin.address(), now());
    Optional<UUID> user = accounts.find(key).map(account -> account.user().id());
    // One event, whether or not there is an account, and whether or not it is one too many.
    log.append(
        PeopleLog.anonymous(neighbours.operator().id(), origin),
        List.of(
            log.event(
                admitted ? "user.reset_asked" : "user.reset_refused",
                user.orElseGet(Uuids::next),
                Map.of())));
  }

  @Override
  public void reset(Secret token, Secret password, Origin origin) {
    Instant now = now();
    Claimed claimed = links.read(LinkKind.RESET, token, now);
    Account account = accounts.find(claimed.link().subjectId()).orElseThrow(TokenKind::refused);
    User user = account.user();
    String emailKey = EmailText.key(user.email());
    MailedLink link = links.require(claimed, emailKey);
    Optional<FieldError> wrong = rules.check("/password", password, user.email(), user.name());
    if (wrong.isPresent()) {
      throw RookeryException.invalid(List.of(wrong.get()));
    }
    String hash = hasher.hash(password);
    List<Ended> ended =
        passwords
            .set(link, new Use(user.id(), origin.address(), now), emailKey, hash)
            .orElseThrow(TokenKind::refused);
    lockout.unlock(emailKey);
    conclude(account, ended, origin);
  }

  private void conclude(Account account, List<Ended> ended, Origin origin) {
    UUID user = account.user().id();
    ended.stream()
        .map(Ended::tenantId)
        .distinct()
        .forEach(tenant -> neighbours.epochs().raise(tenant, SessionCache.SESSIONS));
    Stream.concat(
            account.places().stream().map(Place::tenantId), Stream.of(neighbours.operator().id()))
        .distinct()
        .map(tenant -> PeopleLog.context(tenant, user, origin))
        .forEach(
            tenant ->
                log.append(
                    tenant,
                    List.of(log.event("user.password_changed", user, Map.of("by", "link")))));
    log.ended(tenant -> PeopleLog.context(tenant, user, origin), ended);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
