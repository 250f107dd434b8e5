// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.passwords;

import io.rookery.api.secrets.SecretRotator.Task;
import io.rookery.api.secrets.SecretService;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretVersion;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A mailbox's passwords in the secret store. The pending one stands apart from the mailbox's secret
 * until it is known to work, as whoever sends takes the newest version.
 */
final class PasswordSecrets {

  private static final String PURPOSE = "rotation.password";

  private final SecretService secrets;

  PasswordSecrets(SecretService secrets) {
    this.secrets = secrets;
  }

  /** Returns the number of the version in use. */
  int current(TenantContext context, Task task) {
    SecretVersion version;
    try {
      version = secrets.readVersion(context, task.reference(), PURPOSE);
    } catch (RookeryException e) {
      throw e.code().equals(CommonErrors.NOT_FOUND) ? none() : e;
    }
    password(version.data());
    return version.number();
  }

  /** Makes the pending password unless there is one. */
  void prepare(TenantContext context, Task task) {
    if (ifThere(() -> secrets.read(context, pendingReference(task), PURPOSE)).isPresent()) {
      return;
    }
    secrets.write(
        context,
        pendingReference(task),
        new SecretData(Map.of(MailPasswordRotator.PASSWORD, PasswordHash.newPassword())),
        PURPOSE);
  }

  Secret pending(TenantContext context, Task task) {
    return password(secrets.read(context, pendingReference(task), PURPOSE));
  }

  /** Returns the pending password; empty once it is forgotten. */
  Optional<Secret> ifPending(TenantContext context, Task task) {
    return ifThere(() -> secrets.read(context, pendingReference(task), PURPOSE))
        .map(PasswordSecrets::password);
  }

  /** Returns the password in use. */
  Secret present(TenantContext context, Task task) {
    return password(secrets.read(context, task.reference(), PURPOSE));
  }

  /** Returns whether the password in use is the one that is replaced, or the pending one. */
  boolean isStill(TenantContext context, Task task, Secret pending) {
    Secret present = present(context, task);
    return present.equals(pending) || old(context, task).filter(present::equals).isPresent();
  }

  /** Returns the password that was replaced; empty once it is destroyed. */
  Optional<Secret> old(TenantContext context, Task task) {
    return ifThere(
            () -> secrets.readVersion(context, task.reference(), task.oldVersion(), PURPOSE).data())
        .map(PasswordSecrets::password);
  }

  /** Destroys what was replaced. */
  void retire(TenantContext context, Task task) {
    secrets.destroy(context, task.reference(), Set.of(task.oldVersion()), PURPOSE);
    forget(context, task);
  }

  /** Removes the pending password. */
  void forget(TenantContext context, Task task) {
    secrets.purge(context, pendingReference(task), PURPOSE);
  }

  private static Secret password(SecretData data) {
    Secret password = data.fields().get(MailPasswordRotator.PASSWORD);
    if (password == null) {
      throw none();
    }
    return password;
  }

  private static RookeryException none() {
    return new RookeryException(CommonErrors.WRONG_STATE, "The mailbox signs in by no password");
  }

  private static String pendingReference(Task task) {
    return "pending/" + task.rotationId();
  }

  private static Optional<SecretData> ifThere(Supplier<SecretData> read) {
    try {
      return Optional.of(read.get());
    } catch (RookeryException e) {
      if (e.code().equals(CommonErrors.NOT_FOUND)) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
