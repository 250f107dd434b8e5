// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.ssh;

import io.rookery.spi.plugin.Secret;
import java.security.KeyPair;

/**
 * Who signs in to a host and by what. Prints the user alone.
 *
 * @param user the account on the host
 * @param key a key pair, or null to use the password
 * @param password a password, or null
 */
public record SshLogin(String user, KeyPair key, Secret password) {

  /** Signs in by a key. */
  public static SshLogin by(String user, KeyPair key) {
    return new SshLogin(user, key, null);
  }

  /** Signs in by a password, also where the host asks for it by keyboard-interactive (RFC 4256). */
  public static SshLogin by(String user, Secret password) {
    return new SshLogin(user, null, password);
  }

  @Override
  public String toString() {
    return "SshLogin[" + user + "]";
  }
}
