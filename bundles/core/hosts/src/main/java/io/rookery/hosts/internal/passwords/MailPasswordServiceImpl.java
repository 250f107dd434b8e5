// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.passwords;

import io.rookery.api.hosts.Host;
import io.rookery.api.hosts.MailPassword;
import io.rookery.api.hosts.MailPasswordService;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.secrets.RotationService;
import io.rookery.api.secrets.RotationService.NewSecret;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.hosts.internal.HostStore;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps where passwords of mailboxes stand. */
@Component(
    service = MailPasswordService.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=hosts)"))
public final class MailPasswordServiceImpl implements MailPasswordService {

  private final Transactions transactions;
  private final MailboxService mailboxes;
  private final RotationService rotations;
  private final EventLog events;
  private final Clock clock;
  private final HostStore hosts = new HostStore();
  private final PasswordStore store = new PasswordStore();

  /** Makes the service. */
  @Activate
  public MailPasswordServiceImpl(
      @Reference Transactions transactions,
      @Reference MailboxService mailboxes,
      @Reference RotationService rotations,
      @Reference EventLog events) {
    this(transactions, mailboxes, rotations, events, Clock.systemUTC());
  }

  MailPasswordServiceImpl(
      Transactions transactions,
      MailboxService mailboxes,
      RotationService rotations,
      EventLog events,
      Clock clock) {
    this.transactions = transactions;
    this.mailboxes = mailboxes;
    this.rotations = rotations;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public List<MailPassword> list(TenantContext context, UUID hostId) {
    return transactions.call(
        context,
        tx -> {
          host(tx, hostId);
          return store.ofHost(tx, hostId);
        });
  }

  @Override
  public MailPassword get(TenantContext context, UUID hostId, UUID id) {
    return transactions.call(context, tx -> found(tx, hostId, id));
  }

  private Host host(Tx tx, UUID id) throws SQLException {
    return hosts.find(tx, id, false).orElseThrow(() -> RookeryException.notFound("host"));
  }

  private MailPassword found(Tx tx, UUID hostId, UUID id) throws SQLException {
    return store
        .find(tx, id)
        .filter(row -> row.hostId().equals(hostId))
        .orElseThrow(() -> RookeryException.notFound("password"));
  }

  @Override
  public MailPassword register(TenantContext context, UUID hostId, NewMailPassword wanted) {
    PasswordRules.check(wanted);
    transactions.call(context, tx -> host(tx, hostId));
    requireMailbox(context, wanted.mailboxId());
    try {
      return transactions.callOnce(context, MailPassword.class, tx -> insert(tx, hostId, wanted));
    } catch (RookeryException e) {
      throw e.code().equals(CommonErrors.CONFLICT)
          ? new RookeryException(
              CommonErrors.CONFLICT, "The mailbox's password is registered already", e)
          : e;
    }
  }

  private void requireMailbox(TenantContext context, UUID mailboxId) {
    try {
      mailboxes.get(context, mailboxId);
    } catch (RookeryException e) {
      throw e.code().equals(CommonErrors.NOT_FOUND)
          ? RookeryException.invalid("/mailbox_id", "There is no such mailbox")
          : e;
    }
  }

  private MailPassword insert(Tx tx, UUID hostId, NewMailPassword wanted) throws SQLException {
    host(tx, hostId);
    UUID id = Uuids.next();
    int days = wanted.rotationDays() == null ? PasswordRules.RULES.days() : wanted.rotationDays();
    UUID secretId =
        rotations.register(
            tx,
            new NewSecret(
                MailPasswordRotator.KIND,
                MailPasswordRotator.reference(wanted.mailboxId()),
                id,
                days));
    MailPassword row =
        new MailPassword(
            id,
            hostId,
            wanted.mailboxId(),
            wanted.user(),
            wanted.file(),
            wanted.graceFile(),
            secretId,
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    store.insert(tx, row);
    append(tx, row, "host.password_registered", 1);
    return row;
  }

  @Override
  public void remove(TenantContext context, UUID hostId, UUID id) {
    transactions.call(
        context,
        tx -> {
          MailPassword row = found(tx, hostId, id);
          rotations.forget(tx, row.secretId());
          store.delete(tx, id);
          append(tx, row, "host.password_removed", 2);
          return null;
        });
  }

  private void append(Tx tx, MailPassword row, String type, long version) {
    events.append(
        tx,
        new NewEvent(
            type,
            row.id(),
            version,
            clock.instant(),
            Map.of("host_id", row.hostId(), "mailbox_id", row.mailboxId())));
  }
}
