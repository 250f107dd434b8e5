// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

import io.rookery.spi.mail.Account;
import java.util.Locale;

/** Which server an account stands at: what many mailboxes share, and fail with. */
public final class ServerOf {

  private ServerOf() {}

  /**
   * Returns the server's name for people and as a key: the host and the port of the account's
   * settings where its backend has these, else the backend, whose accounts all stand at one vendor.
   */
  public static String account(String backend, Account account) {
    String host = account.settings().get("host");
    if (host == null || host.isBlank()) {
      return backend;
    }
    String port = account.settings().get("port");
    String name = host.strip().toLowerCase(Locale.ROOT);
    return port == null || port.isBlank() ? name : name + ":" + port.strip();
  }
}
