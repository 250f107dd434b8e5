// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.people.Invitation;
import io.rookery.api.people.PeopleMail;
import io.rookery.api.people.User;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.people.link.LinkKind;
import io.rookery.tenancy.internal.people.link.MailedLink;
import io.rookery.tenancy.internal.people.link.MailedLinks;
import io.rookery.tenancy.internal.people.store.Accounts;
import io.rookery.tenancy.internal.people.store.EmailChanges;
import io.rookery.tenancy.internal.people.store.EmailChanges.EmailChange;
import io.rookery.tenancy.internal.people.store.InvitationRows;
import io.rookery.tenancy.internal.people.store.Memberships;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Says what people are to be told by mail, as of the moment that it is asked. */
@Component(
    service = PeopleMail.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=tenancy)"))
public final class PeopleMailImpl implements PeopleMail {

  private static final Duration TELLING = EmailChanges.TOLD;

  private final Transactions transactions;
  private final TenantService tenants;
  private final MailedLinks links;
  private final Accounts accounts;
  private final EmailChanges changes;
  private final Clock clock;

  /** Serves once the tables and the platform's keys are there. */
  @Activate
  public PeopleMailImpl(
      @Reference Transactions transactions,
      @Reference PlatformKeys keys,
      @Reference TenantService tenants) {
    this(transactions, keys, tenants, Clock.systemUTC());
  }

  /** Serves by a given clock. */
  public PeopleMailImpl(
      Transactions transactions, PlatformKeys keys, TenantService tenants, Clock clock) {
    this.transactions = transactions;
    this.tenants = tenants;
    this.links = new MailedLinks(keys);
    this.accounts = new Accounts(transactions);
    this.changes = new EmailChanges(transactions);
    this.clock = clock;
  }

  @Override
  public Optional<Letter> letter(Cause cause) {
    return switch (cause.kind()) {
      case LOCKED, GUARDED -> user(cause).flatMap(user -> linked(cause, user, LinkKind.UNLOCK));
      case RESET_ASKED -> user(cause).flatMap(user -> linked(cause, user, LinkKind.RESET));
      case PASSWORD_CHANGED -> user(cause).flatMap(user -> plain(cause, user));
      case VERIFY ->
          user(cause)
              .filter(user -> !user.emailVerified())
              .flatMap(user -> linked(cause, user, LinkKind.VERIFY));
      case NEW_EMAIL -> change(cause).flatMap(change -> wanted(cause, change));
      case EMAIL_CHANGE -> change(cause).flatMap(change -> former(cause, change));
      case INVITED -> invitation(cause);
    };
  }

  private Optional<EmailChange> change(Cause cause) {
    return changes.find(cause.subjectId());
  }

  /** Nothing of the account is said there; whoever has the address already is left alone. */
  private Optional<Letter> wanted(Cause cause, EmailChange change) {
    return change.pending() && accounts.find(change.emailKey()).isEmpty()
        ? link(cause, LinkKind.VERIFY, change.email())
            .map(link -> new Letter(change.email(), Map.of(), link))
        : Optional.empty();
  }

  /** Also where the change was made meanwhile. */
  private Optional<Letter> former(Cause cause, EmailChange change) {
    return clock.instant().isBefore(cause.at().plus(TELLING))
        ? user(change.userId())
            .map(
                user ->
                    new Letter(
                        change.former(),
                        Map.of("name", user.name(), "email", change.email()),
                        null))
        : Optional.empty();
  }

  private Optional<Letter> invitation(Cause cause) {
    TenantContext tenant = TenantContext.of(cause.tenantId(), Actor.system("tenancy"));
    Optional<Invitation> found =
        transactions.call(tenant, tx -> InvitationRows.find(tx, cause.subjectId()));
    return found.flatMap(
        invitation ->
            link(cause, LinkKind.INVITATION, invitation.email())
                .map(link -> letter(tenants.get(tenant).name(), invitation, link)));
  }

  private static Letter letter(String tenant, Invitation invitation, Link link) {
    return new Letter(
        invitation.email(),
        Map.of("tenant", tenant, "role", Memberships.wire(invitation.role())),
        link);
  }

  private Optional<User> user(Cause cause) {
    return user(cause.subjectId());
  }

  private Optional<User> user(UUID id) {
    return Optional.ofNullable(accounts.users(Set.of(id)).get(id));
  }

  private Optional<Letter> linked(Cause cause, User user, LinkKind kind) {
    return link(cause, kind, user.email())
        .map(link -> new Letter(user.email(), Map.of("name", user.name()), link));
  }

  /** What is told after days helps nobody any more. */
  private Optional<Letter> plain(Cause cause, User user) {
    return clock.instant().isBefore(cause.at().plus(TELLING))
        ? Optional.of(new Letter(user.email(), Map.of("name", user.name()), null))
        : Optional.empty();
  }

  /** Returns a link that still works, or empty. */
  private Optional<Link> link(Cause cause, LinkKind kind, String email) {
    Instant until = cause.at().plus(kind.lifetime()).truncatedTo(ChronoUnit.SECONDS);
    if (!clock.instant().isBefore(until)) {
      return Optional.empty();
    }
    MailedLink link = new MailedLink(kind, cause.id(), cause.tenantId(), cause.subjectId(), until);
    return Optional.of(new Link(kind.page(), links.token(link, EmailText.key(email)), until));
  }
}
