// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.people.PeopleMail;
import io.rookery.api.people.User;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.people.link.LinkKind;
import io.rookery.tenancy.internal.people.link.MailedLink;
import io.rookery.tenancy.internal.people.link.MailedLinks;
import io.rookery.tenancy.internal.people.store.Accounts;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Says what people are to be told by mail, as of the moment that it is asked. */
@Component(service = PeopleMail.class)
public final class PeopleMailImpl implements PeopleMail {

  private final MailedLinks links;
  private final Accounts accounts;
  private final Clock clock;

  /** Serves once the tables and the platform's keys are there. */
  @Activate
  public PeopleMailImpl(
      @Reference Transactions transactions,
      @Reference PlatformKeys keys,
      @Reference(target = "(area=tenancy)") Schema schema) {
    this(transactions, keys, Clock.systemUTC());
  }

  /** Serves by a given clock. */
  public PeopleMailImpl(Transactions transactions, PlatformKeys keys, Clock clock) {
    this.links = new MailedLinks(keys);
    this.accounts = new Accounts(transactions);
    this.clock = clock;
  }

  @Override
  public Optional<Letter> letter(Cause cause) {
    return switch (cause.kind()) {
      case LOCKED, GUARDED -> user(cause).flatMap(user -> linked(cause, user, LinkKind.UNLOCK));
    };
  }

  private Optional<User> user(Cause cause) {
    return Optional.ofNullable(accounts.users(Set.of(cause.subjectId())).get(cause.subjectId()));
  }

  private Optional<Letter> linked(Cause cause, User user, LinkKind kind) {
    return link(cause, kind, user.email())
        .map(link -> new Letter(user.email(), Map.of("name", user.name()), link));
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
