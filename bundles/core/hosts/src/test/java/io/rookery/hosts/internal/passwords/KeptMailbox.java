// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.passwords;

import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.api.mailboxes.MailboxData.WhenInDoubt;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.secrets.SecretService;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.mail.smtp.internal.SmtpBackend;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** One mailbox that signs in to a real server; its password stands in a real secret store. */
final class KeptMailbox {

  static final String USER = "sender@rookery.example";

  final UUID id;
  private final SmtpBackend backend;
  private final SecretService secrets;
  private final int port;
  volatile boolean removed;

  KeptMailbox(UUID id, SmtpBackend backend, SecretService secrets, int port) {
    this.id = id;
    this.backend = backend;
    this.secrets = secrets;
    this.port = port;
  }

  /** Returns what of the service rotators use. */
  MailboxService service() {
    return (MailboxService)
        Proxy.newProxyInstance(
            MailboxService.class.getClassLoader(),
            new Class<?>[] {MailboxService.class},
            (proxy, method, arguments) -> {
              TenantContext context = (TenantContext) arguments[0];
              if (removed || !id.equals(arguments[1])) {
                throw RookeryException.notFound("mailbox");
              }
              return switch (method.getName()) {
                case "get" -> mailbox();
                case "update" -> update(context, (MailboxData) arguments[2]);
                case "letsIn" -> takes(((Map<?, ?>) arguments[2]).get("password"));
                default -> throw new UnsupportedOperationException(method.getName());
              };
            });
  }

  private Mailbox update(TenantContext context, MailboxData data) {
    secrets.write(context, "smtp/" + id, new SecretData(data.secrets()), "mailbox.set");
    return mailbox();
  }

  private Mailbox mailbox() {
    return new Mailbox(
        id,
        null,
        USER,
        null,
        "smtp",
        Map.of(),
        Set.of("password"),
        50,
        0,
        WhenInDoubt.RESEND,
        null,
        null,
        null,
        null,
        null,
        Instant.EPOCH,
        1);
  }

  /** Returns whether the server lets in by a password. */
  boolean takes(Object password) throws BackendException, InterruptedException {
    try {
      backend.check(account(id, (Secret) password));
      return true;
    } catch (BackendException e) {
      if (e.kind() == BackendException.Kind.AUTHENTICATION) {
        return false;
      }
      throw e;
    }
  }

  /** Returns what signs in by a password. */
  Account account(UUID tenantId, Secret password) {
    Map<String, String> settings =
        Map.of(
            "host", "127.0.0.1",
            "port", Integer.toString(port),
            "security", "none",
            "plain_auth", "true",
            "username", USER);
    return new Account(tenantId, id, USER, settings, Map.of("password", password), 1);
  }
}
