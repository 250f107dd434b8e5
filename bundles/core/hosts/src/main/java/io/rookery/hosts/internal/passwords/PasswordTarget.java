// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.passwords;

import io.rookery.api.hosts.Host;
import io.rookery.api.hosts.HostErrors;
import io.rookery.api.hosts.MailPassword;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.hosts.internal.HostStore;
import io.rookery.hosts.internal.keys.SshKeyServiceImpl;
import io.rookery.hosts.internal.ssh.SshDoor;
import io.rookery.hosts.internal.ssh.SshLine;
import io.rookery.hosts.internal.ssh.SshLogin;
import io.rookery.hosts.internal.ssh.SshTarget;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Transactions;
import io.rookery.spi.plugin.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** The host on which a password stands, and the server that takes it. Thread-safe. */
final class PasswordTarget {

  private final Transactions transactions;
  private final MailboxService mailboxes;
  private final SshKeyServiceImpl keys;
  private final SshDoor door;
  private final HostStore hosts = new HostStore();

  PasswordTarget(
      Transactions transactions, MailboxService mailboxes, SshKeyServiceImpl keys, SshDoor door) {
    this.transactions = transactions;
    this.mailboxes = mailboxes;
    this.keys = keys;
    this.door = door;
  }

  /** Does something on the host. */
  void on(TenantContext context, MailPassword where, Consumer<SshLine> work) {
    Host host =
        transactions
            .call(context, tx -> hosts.find(tx, where.hostId(), false))
            .orElseThrow(() -> RookeryException.notFound("host"));
    try (SshLine line = door.signIn(SshTarget.of(host), login(context, host.id()))) {
      work.accept(line);
    }
  }

  /** Returns by what the platform signs in to a host. */
  SshLogin login(TenantContext context, UUID hostId) {
    return keys.login(context, hostId)
        .orElseThrow(
            () ->
                new RookeryException(
                    HostErrors.LOGIN_REFUSED,
                    "The platform has no key on the host; install one first"));
  }

  /** Returns whether the mailbox's server lets in by a password. */
  boolean letsIn(TenantContext context, MailPassword where, Secret password) {
    try {
      return mailboxes.letsIn(
          context, where.mailboxId(), Map.of(MailPasswordRotator.PASSWORD, password));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RookeryException.unavailable("This node is stopping", Duration.ofSeconds(30), e);
    }
  }

  /** Makes sure that the server takes a password no more. */
  void requireRefused(TenantContext context, MailPassword where, Secret old) {
    if (letsIn(context, where, old)) {
      throw new RookeryException(
          HostErrors.COMMAND_FAILED,
          "The mailbox's server still takes the old password, though it stands in neither file. Look at its other passdbs and at auth_cache_ttl");
    }
  }
}
