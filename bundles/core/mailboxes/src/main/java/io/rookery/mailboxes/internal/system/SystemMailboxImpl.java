// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.system;

import io.rookery.api.mailboxes.BackendDirectory;
import io.rookery.api.mailboxes.BackendDirectory.Backend;
import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.mailboxes.SystemMailbox;
import io.rookery.api.tenancy.TenantPermissions;
import io.rookery.api.tenancy.TenantPermissions.Permission;
import io.rookery.api.tenancy.TenantService;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.spi.mail.Capability;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps which mailbox the platform's own mail leaves from. */
@Component(service = SystemMailbox.class)
public final class SystemMailboxImpl implements SystemMailbox {

  private static final String ADDRESS = "rookery@sandbox.example";
  private static final int DAILY_LIMIT = 100_000;

  /** Of two nodes that ask first one makes it, and the other gets the same. */
  private static final IdempotencyKey ONCE =
      new IdempotencyKey("system-mailbox", "system-mailbox-of-the-sandbox");

  private final Neighbours neighbours;
  private final ChosenMailbox chosen = new ChosenMailbox();
  private final Clock clock;

  /** Serves once the tables are there. */
  @Activate
  public SystemMailboxImpl(
      @Reference Transactions transactions,
      @Reference EventLog events,
      @Reference TenantService tenants,
      @Reference TenantPermissions permissions,
      @Reference MailboxService mailboxes,
      @Reference BackendDirectory backends,
      @Reference(target = "(area=mailboxes)") Schema schema) {
    this(
        new Neighbours(transactions, events, tenants, permissions, mailboxes, backends),
        Clock.systemUTC());
  }

  SystemMailboxImpl(Neighbours neighbours, Clock clock) {
    this.neighbours = neighbours;
    this.clock = clock;
  }

  /** The services that it leans on. */
  record Neighbours(
      Transactions transactions,
      EventLog events,
      TenantService tenants,
      TenantPermissions permissions,
      MailboxService mailboxes,
      BackendDirectory backends) {}

  @Override
  public Optional<Mailbox> find(TenantContext operator) {
    requireOperator(operator);
    Optional<UUID> id = neighbours.transactions().call(operator, chosen::find);
    return id.isPresent() ? mailbox(operator, id.get()) : first(operator);
  }

  private Optional<Mailbox> mailbox(TenantContext operator, UUID id) {
    try {
      return Optional.of(neighbours.mailboxes().get(operator, id));
    } catch (RookeryException e) {
      if (!e.code().equals(CommonErrors.NOT_FOUND)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private Optional<Mailbox> first(TenantContext operator) {
    Optional<Backend> catching =
        neighbours.backends().list().stream()
            .filter(backend -> backend.capabilities().contains(Capability.CATCHES_MAIL))
            .findFirst();
    if (catching.isEmpty()) {
      return Optional.empty();
    }
    Mailbox made = neighbours.mailboxes().create(operator.with(ONCE), data(catching.get().name()));
    permit(operator);
    neighbours
        .transactions()
        .call(operator, tx -> told(tx, made.id(), chosen.chooseFirst(tx, made.id(), now())));
    return neighbours
        .transactions()
        .call(operator, chosen::find)
        .flatMap(id -> mailbox(operator, id));
  }

  private static MailboxData data(String backend) {
    return new MailboxData(ADDRESS, "Rookery", backend, Map.of(), Map.of(), DAILY_LIMIT, 0L, null);
  }

  @Override
  public Mailbox choose(TenantContext operator, UUID mailboxId) {
    requireOperator(operator);
    Mailbox mailbox = neighbours.mailboxes().get(operator, mailboxId);
    permit(operator);
    neighbours
        .transactions()
        .call(operator, tx -> told(tx, mailboxId, chosen.choose(tx, mailboxId, now())));
    return mailbox;
  }

  private void permit(TenantContext operator) {
    neighbours
        .permissions()
        .grant(
            operator.withoutIdempotencyKey(), operator.tenantId(), Permission.TRANSACTIONAL_MAIL);
  }

  private Void told(Tx tx, UUID mailboxId, boolean changed) throws SQLException {
    if (changed) {
      neighbours
          .events()
          .append(tx, NewEvent.of("mailbox.chosen_for_system", mailboxId, now(), Map.of()));
    }
    return null;
  }

  private void requireOperator(TenantContext context) {
    if (!context.tenantId().equals(neighbours.tenants().operatorTenantId())) {
      throw new RookeryException(CommonErrors.FORBIDDEN, "Only the operator may do this");
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
