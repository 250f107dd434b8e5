// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.OAuth2;
import io.rookery.spi.plugin.Secret;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Accounts on a server of this machine. */
final class Accounts {

  private static final UUID TENANT = UUID.randomUUID();

  private Accounts() {}

  /** An account without TLS and sign-in, with settings added as name and value in turn. */
  static Account on(int port, String... settings) {
    Map<String, String> all =
        new HashMap<>(
            Map.of("host", "localhost", "port", Integer.toString(port), "security", "none"));
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return new Account(TENANT, UUID.randomUUID(), "sender@rookery.example", all, Map.of(), 1);
  }

  /** The same account with credentials. */
  static Account signedIn(Account account, String username, String password) {
    Map<String, String> settings = new HashMap<>(account.settings());
    settings.put("username", username);
    return new Account(
        account.tenantId(),
        account.id(),
        account.address(),
        settings,
        Map.of("password", Secret.of(password)),
        account.epoch());
  }

  /** The same account with an access token, signing in as its address. */
  static Account withToken(Account account, String token) {
    Map<String, String> settings = new HashMap<>(account.settings());
    settings.put(OAuth2.SETTING, OAuth2.CHOICE);
    return new Account(
        account.tenantId(),
        account.id(),
        account.address(),
        settings,
        Map.of(OAuth2.ACCESS_TOKEN, Secret.of(token)),
        account.epoch());
  }

  /** The same account after a change. */
  static Account changed(Account account) {
    return new Account(
        account.tenantId(),
        account.id(),
        account.address(),
        account.settings(),
        account.credentials(),
        account.epoch() + 1);
  }
}
