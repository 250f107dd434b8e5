// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.people.Origin;
import io.rookery.api.people.UnlockService;
import io.rookery.api.people.User;
import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.events.EventLog;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.OperatorTenant;
import io.rookery.tenancy.internal.key.KeyDigests;
import io.rookery.tenancy.internal.people.link.LinkKind;
import io.rookery.tenancy.internal.people.link.MailedLink;
import io.rookery.tenancy.internal.people.link.MailedLinks;
import io.rookery.tenancy.internal.people.link.MailedLinks.Claimed;
import io.rookery.tenancy.internal.people.store.Account;
import io.rookery.tenancy.internal.people.store.Accounts;
import io.rookery.tenancy.internal.people.store.LinkUses;
import io.rookery.tenancy.internal.people.store.LinkUses.Use;
import io.rookery.tenancy.internal.people.store.Place;
import io.rookery.tenancy.internal.people.token.TokenKind;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lifts locks before their time. */
@Component(
    service = UnlockService.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=tenancy)"))
public final class UnlockServiceImpl implements UnlockService {

  private final OperatorTenant operator;
  private final Accounts accounts;
  private final LinkUses uses;
  private final MailedLinks links;
  private final Lockout lockout;
  private final PeopleLog log;
  private final Clock clock;

  /** Serves once the tables and the platform's keys are there. */
  @Activate
  public UnlockServiceImpl(
      @Reference Transactions transactions,
      @Reference EventLog log,
      @Reference PlatformKeys keys,
      @Reference OperatorTenant operator) {
    this(transactions, log, keys, operator, Clock.systemUTC());
  }

  /** Serves by a given clock. */
  public UnlockServiceImpl(
      Transactions transactions,
      EventLog log,
      PlatformKeys keys,
      OperatorTenant operator,
      Clock clock) {
    this.operator = operator;
    this.accounts = new Accounts(transactions);
    this.uses = new LinkUses(transactions);
    this.links = new MailedLinks(keys);
    this.lockout = new Lockout(transactions, new KeyDigests(keys, KeyPurpose.SESSION));
    this.log = new PeopleLog(transactions, log, clock);
    this.clock = clock;
  }

  @Override
  public User unlock(TenantContext context, String email) {
    if (!context.tenantId().equals(operator.id())) {
      throw new RookeryException(CommonErrors.FORBIDDEN, "Only the operator may do this");
    }
    Account account =
        accounts
            .find(EmailText.key(email))
            .orElseThrow(() -> RookeryException.notFound("account: " + email));
    lockout.unlock(EmailText.key(email));
    UUID user = account.user().id();
    account.places().stream()
        .map(Place::tenantId)
        .map(context::inside)
        .forEach(tenant -> unlocked(tenant, user, "operator"));
    return account.user();
  }

  @Override
  public void redeem(Secret token, Origin origin) {
    Instant now = now();
    Claimed claimed = links.read(LinkKind.UNLOCK, token, now);
    Account account = accounts.find(claimed.link().subjectId()).orElseThrow(TokenKind::refused);
    String emailKey = EmailText.key(account.user().email());
    UUID user = account.user().id();
    MailedLink link = links.require(claimed, emailKey);
    Use use = new Use(user, origin.address(), now);
    if (!uses.unlock(link, use, emailKey, lockout.accounts(emailKey))) {
      throw TokenKind.refused();
    }
    account.places().stream()
        .map(place -> PeopleLog.context(place.tenantId(), user, origin))
        .forEach(tenant -> unlocked(tenant, user, "link"));
  }

  private void unlocked(TenantContext tenant, UUID user, String by) {
    log.append(tenant, List.of(log.event("user.unlocked", user, Map.of("by", by))));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
