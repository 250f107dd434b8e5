// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.mailboxes.internal.oauth.OAuthNode;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.Capability;
import io.rookery.spi.mail.EmailBackend;
import io.rookery.spi.mail.OAuth2;
import io.rookery.spi.mail.OutboundMessage;
import io.rookery.spi.mail.OutcomeSink;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.plugin.Setting;
import io.rookery.spi.plugin.Setting.Type;
import io.rookery.testkit.oauth.TokenServer;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A backend that lets in whoever shows a token of its own address. */
final class FakeTokenRelay implements EmailBackend {

  private final TokenServer server;

  FakeTokenRelay(TokenServer server) {
    this.server = server;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.RAW_MIME);
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.optional("host", Type.HOST, OAuthNode.HOST, "The server's name"),
        Setting.choice("security", "How it is secured", List.of("starttls", "none")),
        Setting.choice(OAuth2.SETTING, "With what", List.of("password", OAuth2.CHOICE)));
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
    Secret token = account.credentials().get(OAuth2.ACCESS_TOKEN);
    if (token == null || !account.address().equals(server.userOf(token.reveal()))) {
      throw new BackendException(
          BackendException.Kind.AUTHENTICATION, "The token is refused", null, null);
    }
  }

  @Override
  public void release(UUID accountId) {}
}
