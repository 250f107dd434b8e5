// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.passwords;

import io.rookery.api.hosts.Host;
import io.rookery.api.hosts.HostErrors;
import io.rookery.api.hosts.MailPassword;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.secrets.CredentialTopics;
import io.rookery.api.secrets.RotationRules;
import io.rookery.api.secrets.SecretRotator;
import io.rookery.api.secrets.SecretService;
import io.rookery.hosts.internal.HostStore;
import io.rookery.hosts.internal.keys.SshKeyServiceImpl;
import io.rookery.hosts.internal.ssh.SshDoor;
import io.rookery.hosts.internal.ssh.SshLine;
import io.rookery.hosts.internal.ssh.SshLogin;
import io.rookery.hosts.internal.ssh.SshTarget;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.spi.plugin.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Replaces the password of a mailbox in Dovecot's files. With a second file the new password stands
 * there beside the old one until the grace is over, and then takes the old one's place.
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
  private final SshKeyServiceImpl keys;
  private final SshDoor door;
  private final Epochs epochs;
  private final HostStore hosts = new HostStore();
  private final PasswordStore store = new PasswordStore();

  /** Makes the rotator. */
  @Activate
  public MailPasswordRotator(
      @Reference Transactions transactions,
      @Reference SecretService secrets,
      @Reference MailboxService mailboxes,
      @Reference SshKeyServiceImpl keys,
      @Reference SshDoor door,
      @Reference Epochs epochs) {
    this.transactions = transactions;
    this.secrets = new PasswordSecrets(secrets);
    this.mailboxes = mailboxes;
    this.keys = keys;
    this.door = door;
    this.epochs = epochs;
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
    login(context, where.hostId());
    int old = secrets.current(context, task);
    secrets.prepare(context, task);
    return new Prepared(old, true);
  }

  @Override
  public Progress put(TenantContext context, Task task) {
    MailPassword where = where(context, task);
    String hash = PasswordHash.of(secrets.pending(context, task));
    on(context, where, line -> PasswordFiles.add(line, where, hash));
    return Progress.DONE;
  }

  @Override
  public Progress verify(TenantContext context, Task task) {
    MailPassword where = where(context, task);
    if (!letsIn(context, where, secrets.pending(context, task))) {
      throw new RookeryException(
          HostErrors.COMMAND_FAILED,
          "The mailbox's server does not take the new password, though it stands in %s. Look whether Dovecot has a passdb of that file and may read it; the old password goes on working"
              .formatted(where.graceFile()));
    }
    return Progress.DONE;
  }

  /** What was changed by somebody meanwhile is left to them. */
  @Override
  public void promote(TenantContext context, Task task) {
    MailPassword where = where(context, task);
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
  }

  @Override
  public void retire(TenantContext context, Task task) {
    MailPassword where = where(context, task);
    Secret present = secrets.present(context, task);
    String hash = PasswordHash.of(present);
    on(context, where, line -> PasswordFiles.settle(line, where, hash));
    secrets
        .old(context, task)
        .filter(old -> !old.equals(present))
        .ifPresent(old -> requireRefused(context, where, old));
    secrets.retire(context, task);
  }

  private void requireRefused(TenantContext context, MailPassword where, Secret old) {
    if (letsIn(context, where, old)) {
      throw new RookeryException(
          HostErrors.COMMAND_FAILED,
          "The mailbox's server still takes the old password, though it stands in neither file. Look at its other passdbs and at auth_cache_ttl");
    }
  }

  @Override
  public void takeBack(TenantContext context, Task task) {
    MailPassword where = where(context, task);
    if (task.oldVersion() != 0) { // Else nothing was put anywhere.
      on(context, where, line -> PasswordFiles.drop(line, where));
    }
    secrets.forget(context, task);
  }

  private boolean letsIn(TenantContext context, MailPassword where, Secret password) {
    try {
      return mailboxes.letsIn(context, where.mailboxId(), Map.of(PASSWORD, password));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RookeryException.unavailable("This node is stopping", Duration.ofSeconds(30), e);
    }
  }

  private void on(TenantContext context, MailPassword where, Consumer<SshLine> work) {
    Host host =
        transactions
            .call(context, tx -> hosts.find(tx, where.hostId(), false))
            .orElseThrow(() -> RookeryException.notFound("host"));
    try (SshLine line = door.signIn(SshTarget.of(host), login(context, host.id()))) {
      work.accept(line);
    }
  }

  private SshLogin login(TenantContext context, UUID hostId) {
    return keys.login(context, hostId)
        .orElseThrow(
            () ->
                new RookeryException(
                    HostErrors.LOGIN_REFUSED,
                    "The platform has no key on the host; install one first"));
  }
}
