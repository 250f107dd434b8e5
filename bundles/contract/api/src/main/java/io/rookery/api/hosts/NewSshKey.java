// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.hosts;

import io.rookery.spi.plugin.Secret;

/**
 * A key to make and put on a host, and how to get in for that once: by a password, or by a private
 * key that works already. What gets in is used for this and kept nowhere.
 *
 * @param role whose it shall be
 * @param user the account on the host
 * @param algorithm of which kind; Ed25519 where null
 * @param rotationDays from 30 to 365; 90 where null
 * @param entrance how to get in
 */
public record NewSshKey(
    SshKey.Role role,
    String user,
    SshKey.Algorithm algorithm,
    Integer rotationDays,
    Entrance entrance) {

  /**
   * How to get in once. Prints nothing of it.
   *
   * @param password the account's password, or null
   * @param privateKey a private key in OpenSSH's form or as PEM, or null; one of the two is given
   * @param passphrase what the private key is encrypted by, or null
   */
  public record Entrance(Secret password, Secret privateKey, Secret passphrase) {}
}
