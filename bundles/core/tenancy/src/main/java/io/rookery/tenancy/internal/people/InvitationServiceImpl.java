// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.people.Invitation;
import io.rookery.api.people.InvitationService;
import io.rookery.api.people.Member;
import io.rookery.api.people.Origin;
import io.rookery.api.people.Role;
import io.rookery.api.plans.Entitlements;
import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.api.tenancy.TenantService;
import io.rookery.events.EventLog;
import io.rookery.kernel.Actor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.key.KeyDigests;
import io.rookery.tenancy.internal.people.link.LinkKind;
import io.rookery.tenancy.internal.people.link.MailedLink;
import io.rookery.tenancy.internal.people.link.MailedLinks;
import io.rookery.tenancy.internal.people.link.MailedLinks.Claimed;
import io.rookery.tenancy.internal.people.password.PasswordHasher;
import io.rookery.tenancy.internal.people.store.Account;
import io.rookery.tenancy.internal.people.store.Accounts;
import io.rookery.tenancy.internal.people.store.InvitationRows;
import io.rookery.tenancy.internal.people.store.Memberships;
import io.rookery.tenancy.internal.people.token.TokenKind;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Invites people; the links are derived as they are mailed. */
@Component(service = InvitationService.class)
public final class InvitationServiceImpl implements InvitationService {

  private static final int MOST = 1000;

  private final Transactions transactions;
  private final EventLog log;
  private final TenantService tenants;
  private final AskLimits limits;
  private final MailedLinks links;
  private final Accounts accounts;
  private final Acceptance acceptance;
  private final Clock clock;

  /** Serves once the tables and the platform's keys are there. */
  @Activate
  public InvitationServiceImpl(
      @Reference Transactions transactions,
      @Reference EventLog log,
      @Reference PlatformKeys keys,
      @Reference TenantService tenants,
      @Reference Entitlements entitlements,
      @Reference Passwords passwords,
      @Reference(target = "(area=tenancy)") Schema schema) {
    this(
        new Neighbours(transactions, log, keys, tenants, entitlements),
        passwords.hasher(),
        Clock.systemUTC());
  }

  /** Serves by a given clock. */
  public InvitationServiceImpl(Neighbours neighbours, PasswordHasher hasher, Clock clock) {
    this.transactions = neighbours.transactions();
    this.log = neighbours.log();
    this.tenants = neighbours.tenants();
    this.limits =
        new AskLimits(transactions, new KeyDigests(neighbours.keys(), KeyPurpose.SESSION));
    this.links = new MailedLinks(neighbours.keys());
    this.accounts = new Accounts(transactions);
    this.acceptance = new Acceptance(transactions, log, neighbours.entitlements(), hasher);
    this.clock = clock;
  }

  /** The services that invitations lean on. */
  public record Neighbours(
      Transactions transactions,
      EventLog log,
      PlatformKeys keys,
      TenantService tenants,
      Entitlements entitlements) {}

  @Override
  public Invitation invite(TenantContext context, String email, Role role) {
    String address = checked(email, role);
    String key = EmailText.key(address);
    boolean member =
        accounts.find(key).stream()
            .flatMap(account -> account.places().stream())
            .anyMatch(place -> place.tenantId().equals(context.tenantId()));
    Instant now = now();
    Invitation made =
        new Invitation(
            Uuids.next(),
            address,
            role,
            Inviters.name(context.actor()),
            now,
            now,
            now.plus(LinkKind.INVITATION.lifetime()),
            1);
    try {
      return transactions.callOnce(context, Invitation.class, tx -> invite(tx, made, key, member));
    } catch (RookeryException e) {
      throw e.code().equals(CommonErrors.CONFLICT) && !member
          ? new RookeryException(
              CommonErrors.CONFLICT, "The address is invited already; have the mail resent", e)
          : e;
    }
  }

  private static String checked(String email, Role role) {
    List<FieldError> errors = new ArrayList<>();
    String address = email == null ? "" : email.strip();
    if (!EmailText.valid(address)) {
      errors.add(new FieldError("/email", "Give an e-mail address"));
    }
    if (role == null) {
      errors.add(new FieldError("/role", "Give a role"));
    }
    if (!errors.isEmpty()) {
      throw RookeryException.invalid(errors);
    }
    return address;
  }

  private Invitation invite(Tx tx, Invitation made, String key, boolean member)
      throws SQLException {
    new OwnerRules(tx.context(), Memberships.lockOwners(tx)).requireRight(made.role());
    Inviters.hold(tx);
    if (member) {
      throw new RookeryException(CommonErrors.CONFLICT, "The address is a member's already");
    }
    boolean bounded = !tx.context().tenantId().equals(tenants.operatorTenantId());
    if (bounded && InvitationRows.count(tx) >= MOST) {
      throw new RookeryException(
          CommonErrors.WRONG_STATE, MOST + " are invited already; take some invitations back");
    }
    InvitationRows.insert(tx, made, key);
    log.append(tx, InvitationEvents.created(made));
    return made;
  }

  @Override
  public Page<Invitation> list(TenantContext context, PageRequest page) {
    UUID beyond = page.beyond(null);
    List<Invitation> found =
        transactions.call(context, tx -> InvitationRows.list(tx, beyond, page.limit() + 1));
    return Page.byId(found, page, Invitation::id);
  }

  @Override
  public Invitation get(TenantContext context, UUID id) {
    return transactions.call(context, tx -> InvitationRows.find(tx, id)).orElseThrow(this::none);
  }

  @Override
  public Invitation resend(TenantContext context, UUID id) {
    get(context, id);
    limits.admit(id, now());
    return transactions.callOnce(context, Invitation.class, tx -> resend(tx, id));
  }

  private Invitation resend(Tx tx, UUID id) throws SQLException {
    OwnerRules rules = new OwnerRules(tx.context(), Memberships.lockOwners(tx));
    Invitation before = InvitationRows.lock(tx, id).orElseThrow(this::none);
    rules.requireRight(before.role());
    Instant now = now();
    InvitationRows.renew(tx, id, now, now.plus(LinkKind.INVITATION.lifetime()));
    Invitation renewed = InvitationRows.find(tx, id).orElseThrow(this::none);
    log.append(tx, InvitationEvents.resent(renewed));
    return renewed;
  }

  @Override
  public void revoke(TenantContext context, UUID id) {
    transactions.call(context, tx -> revoke(tx, id));
  }

  private Void revoke(Tx tx, UUID id) throws SQLException {
    Invitation before = InvitationRows.lock(tx, id).orElseThrow(this::none);
    InvitationRows.delete(tx, id);
    log.append(tx, InvitationEvents.revoked(before, now()));
    return null;
  }

  @Override
  public Optional<Offer> offer(Secret token) {
    try {
      Claimed claimed = links.read(LinkKind.INVITATION, token, now());
      Invitation invitation = invitation(claimed);
      TenantContext tenant = context(claimed.link().tenantId());
      boolean known = accounts.find(EmailText.key(invitation.email())).isPresent();
      return Optional.of(
          new Offer(tenants.get(tenant).name(), invitation.email(), invitation.role(), known));
    } catch (RookeryException e) {
      if (!e.code().equals(CommonErrors.UNAUTHENTICATED)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  @Override
  public Member accept(Secret token, NewPerson person, Origin origin) {
    Instant now = now();
    Claimed claimed = links.read(LinkKind.INVITATION, token, now);
    Invitation invitation = invitation(claimed);
    return acceptance.accept(claimed.link().tenantId(), invitation, person, origin, now);
  }

  @Override
  public Member join(TenantContext person, Secret token) {
    Account account =
        accounts
            .find(PersonContext.userId(person))
            .orElseThrow(() -> RookeryException.notFound("user"));
    Instant now = now();
    try {
      Claimed claimed = links.read(LinkKind.INVITATION, token, now);
      MailedLink link = links.require(claimed, EmailText.key(account.user().email()));
      return acceptance.join(link, account, person, now);
    } catch (RookeryException e) {
      throw e.code().equals(CommonErrors.UNAUTHENTICATED)
          ? RookeryException.invalid(
              "/token", "The link is broken, has expired or was used, or is another address's")
          : e;
    }
  }

  /** Nothing of a claim is believed before the invitation's address has proven it. */
  private Invitation invitation(Claimed claimed) {
    Invitation found =
        transactions
            .call(
                context(claimed.link().tenantId()),
                tx -> InvitationRows.find(tx, claimed.link().subjectId()))
            .orElseThrow(TokenKind::refused);
    links.require(claimed, EmailText.key(found.email()));
    return found;
  }

  private static TenantContext context(UUID tenantId) {
    return TenantContext.of(tenantId, new Actor(Actor.Kind.PUBLIC, "invitation"));
  }

  private RookeryException none() {
    return RookeryException.notFound("invitation");
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
