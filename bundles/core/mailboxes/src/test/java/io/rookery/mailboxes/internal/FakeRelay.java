// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.Capability;
import io.rookery.spi.mail.EmailBackend;
import io.rookery.spi.mail.OutboundMessage;
import io.rookery.spi.mail.OutcomeSink;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.plugin.Setting;
import io.rookery.spi.plugin.Setting.Type;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A backend with a setting of each type, which lets in whoever knows the password. */
class FakeRelay implements EmailBackend {

  static final Secret PASSWORD = Secret.of("let me in");

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.RAW_MIME);
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.required("host", Type.HOST, "The server's name"),
        Setting.optional("port", Type.PORT, "587", "The server's port"),
        Setting.choice("security", "How it is secured", List.of("starttls", "tls", "none")),
        Setting.optional("keep_alive", Type.BOOLEAN, "true", "Whether it stays"),
        Setting.optional("connections", Type.INTEGER, "4", "How many"),
        Setting.optional("password", Type.SECRET, null, "The password"));
  }

  @Override
  public int parallelism(Account account) {
    return 1;
  }

  @Override
  public void send(Account account, Iterator<OutboundMessage> messages, OutcomeSink outcomes) {
    throw new AssertionError("Mailboxes send nothing");
  }

  @Override
  public void check(Account account) throws BackendException {
    if (!PASSWORD.equals(account.credentials().get("password"))) {
      throw new BackendException(
          BackendException.Kind.AUTHENTICATION, "The password is refused", null, null);
    }
  }

  @Override
  public void release(UUID accountId) {}
}
