// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.passwords;

import io.rookery.api.hosts.MailPassword;
import io.rookery.api.mailboxes.MailboxHolds;
import io.rookery.api.secrets.SecretRotator.Progress;
import io.rookery.api.secrets.SecretRotator.Task;
import io.rookery.api.sending.SendingLanes;
import io.rookery.hosts.internal.passwords.PasswordFiles.Hashes;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.spi.plugin.Secret;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Swaps passwords of which only one works at a time. From before the old one is taken off until the
 * new one is in use, or the old one works again, the mailbox's mail waits: nothing that was signed
 * in by the old one is in use any more, and nothing signs in by what the server would refuse.
 * Thread-safe.
 */
final class PasswordSwap {

  private static final Logger LOG = LoggerFactory.getLogger(PasswordSwap.class);

  /** Longer than a step takes, and than its next try is away. */
  static final Duration HOLD = Duration.ofMinutes(10);

  private static final Duration AGAIN = Duration.ofSeconds(2);

  private final PasswordTarget target;
  private final PasswordSecrets secrets;
  private final MailboxHolds holds;
  private final SendingLanes lanes;

  PasswordSwap(
      PasswordTarget target, PasswordSecrets secrets, MailboxHolds holds, SendingLanes lanes) {
    this.target = target;
    this.secrets = secrets;
    this.holds = holds;
    this.lanes = lanes;
  }

  /** Returns whether a mailbox's passwords have to be swapped. */
  static boolean isFor(MailPassword where) {
    return where.graceFile() == null;
  }

  /** Has the mailbox's mail wait, for a while from now. */
  Duration hold(TenantContext context, MailPassword where, Task task) {
    return holds.hold(context, where.mailboxId(), task.rotationId(), HOLD);
  }

  /** Has the mailbox's mail go on. */
  void release(TenantContext context, MailPassword where, Task task) {
    holds.release(context, where.mailboxId(), task.rotationId());
  }

  /** Writes the new password once no node uses the old one any more. */
  Progress put(TenantContext context, MailPassword where, Task task) {
    Duration known = hold(context, where, task);
    if (known.compareTo(MailboxHolds.KNOWN) < 0 || !lanes.isQuiet(context, where.mailboxId())) {
      return Progress.waits(
          AGAIN, "The mailbox's mail is held; what is in flight ends first. Goes on by itself");
    }
    String hash = PasswordHash.of(secrets.pending(context, task), task.rotationId());
    target.on(context, where, line -> PasswordFiles.settle(line, where, hash));
    return Progress.DONE;
  }

  /**
   * Has the password stand in the file that the platform uses, unless it was never taken off. As
   * soon as the server takes it the mail goes on, even where the host cannot be signed in to.
   */
  void takeBack(TenantContext context, MailPassword where, Task task) {
    Secret present = secrets.present(context, task);
    if (works(context, where, present)) {
      release(context, where, task);
    }
    secrets
        .ifPending(context, task)
        .map(
            pending ->
                new Hashes(PasswordHash.of(present), PasswordHash.of(pending, task.rotationId())))
        .ifPresent(
            hashes ->
                target.on(context, where, line -> PasswordFiles.restore(line, where, hashes)));
    release(context, where, task);
  }

  private boolean works(TenantContext context, MailPassword where, Secret password) {
    try {
      return target.letsIn(context, where, password);
    } catch (RookeryException e) {
      LOG.info(
          "Nobody knows which password of mailbox {} works: {}", where.mailboxId(), e.getMessage());
      return false;
    }
  }
}
