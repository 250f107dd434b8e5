// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.passwords;

import io.rookery.api.hosts.HostErrors;
import io.rookery.api.hosts.MailPassword;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.api.mailboxes.MailboxHolds;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.secrets.CredentialTopics;
import io.rookery.api.secrets.RotationRules;
import io.rookery.api.secrets.SecretRotator;
import io.rookery.api.secrets.SecretService;
import io.rookery.api.sending.SendingLanes;
import io.rookery.hosts.internal.keys.SshKeyServiceImpl;
import io.rookery.hosts.internal.ssh.SshDoor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.spi.plugin.Secret;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Replaces the password of a mailbox in Dovecot's files. With a second file the new password stands
 * there beside the old one until the grace is over, and then takes the old one's place; without one
 * the mailbox's mail waits while they are swapped.
 */
@Component(
    service = SecretRotator.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=hosts)"))
public final class MailPasswordRotator implements SecretRotator {

  static final String KIND = "smtp";
  static final String PASSWORD = "password";

  private final Transactions transactions;
  private final PasswordSecrets secrets;
  private final MailboxService mailboxes;
  private final Epochs epochs;
  private final PasswordTarget target;
  private final PasswordSwap swap;
  private final PasswordStore store = new PasswordStore();

  /** Makes the rotator. */
  @Activate
  public MailPasswordRotator(
      @Reference Transactions transactions,
      @Reference SecretService secrets,
      @Reference MailboxService mailboxes,
      @Reference SshKeyServiceImpl keys,
      @Reference SshDoor door,
      @Reference Epochs epochs,
      @Reference MailboxHolds holds,
      @Reference SendingLanes lanes) {
    this.transactions = transactions;
    this.secrets = new PasswordSecrets(secrets);
    this.mailboxes = mailboxes;
    this.epochs = epochs;
    this.target = new PasswordTarget(transactions, mailboxes, keys, door);
    this.swap = new PasswordSwap(target, this.secrets, holds, lanes);
  }

  /** Returns where the secret settings of a mailbox stand. */
  static String reference(UUID mailboxId) {
    return "smtp/" + mailboxId;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public RotationRules rules() {
    return PasswordRules.RULES;
  }

  private MailPassword where(TenantContext context, Task task) {
    return transactions
        .call(context, tx -> store.find(tx, task.subjectId()))
        .orElseThrow(() -> RookeryException.notFound("password"));
  }

  @Override
  public Prepared prepare(TenantContext context, Task task) {
    MailPassword where = where(context, task);
    mailboxes.get(context, where.mailboxId());
    target.login(context, where.hostId());
    int old = secrets.current(context, task);
    secrets.prepare(context, task);
    return new Prepared(old, !PasswordSwap.isFor(where));
  }

  @Override
  public Progress put(TenantContext context, Task task) {
    MailPassword where = where(context, task);
    if (PasswordSwap.isFor(where)) {
      return swap.put(context, where, task);
    }
    String hash = PasswordHash.of(secrets.pending(context, task));
    target.on(context, where, line -> PasswordFiles.add(line, where, hash));
    return Progress.DONE;
  }

  @Override
  public Progress verify(TenantContext context, Task task) {
    MailPassword where = where(context, task);
    if (PasswordSwap.isFor(where)) {
      swap.hold(context, where, task);
    }
    if (!target.letsIn(context, where, secrets.pending(context, task))) {
      throw new RookeryException(
          HostErrors.COMMAND_FAILED,
          "The mailbox's server does not take the new password, though it stands in %s. Look whether Dovecot has a passdb of that file and may read it; the old password goes on working"
              .formatted(where.graceFile() == null ? where.file() : where.graceFile()));
    }
    return Progress.DONE;
  }

  /** What was changed by somebody meanwhile is left to them. */
  @Override
  public void promote(TenantContext context, Task task) {
    MailPassword where = where(context, task);
    if (PasswordSwap.isFor(where)) {
      swap.hold(context, where, task);
    }
    Secret pending = secrets.pending(context, task);
    if (!secrets.isStill(context, task, pending)) {
      throw new RookeryException(
          CommonErrors.CONFLICT, "Somebody gave the mailbox another password in between");
    }
    mailboxes.update(
        context,
        where.mailboxId(),
        new MailboxData(null, null, null, null, Map.of(PASSWORD, pending), null, null, null),
        0);
    epochs.raise(context.tenantId(), CredentialTopics.mailbox(where.mailboxId()));
    swap.release(context, where, task);
  }

  @Override
  public void retire(TenantContext context, Task task) {
    MailPassword where = where(context, task);
    Secret present = secrets.present(context, task);
    String hash = PasswordHash.of(present);
    target.on(context, where, line -> PasswordFiles.settle(line, where, hash));
    secrets
        .old(context, task)
        .filter(old -> !old.equals(present))
        .ifPresent(old -> target.requireRefused(context, where, old));
    secrets.retire(context, task);
  }

  @Override
  public void takeBack(TenantContext context, Task task) {
    MailPassword where = where(context, task);
    if (task.oldVersion() != 0) { // Else nothing was put anywhere.
      if (PasswordSwap.isFor(where)) {
        swap.takeBack(context, where, task);
      } else {
        target.on(context, where, line -> PasswordFiles.drop(line, where));
      }
    }
    secrets.forget(context, task);
  }
}
