// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.dkim;

import io.rookery.api.mailboxes.DkimKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;

/** A key pair of each algorithm, made for the test. */
public final class Keys {

  public final KeyPair rsa;
  public final KeyPair ed25519;

  /** Makes new ones. */
  public Keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    this.rsa = generator.generateKeyPair();
    this.ed25519 = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  /** Returns both keys of a domain, RSA first; the selectors are {@code NAME-r} and {@code -e}. */
  public List<DkimKey> of(String domain, String name) {
    return List.of(
        new DkimKey(domain, name + "-r", DkimKey.Algorithm.RSA_SHA256, rsa.getPrivate()),
        new DkimKey(domain, name + "-e", DkimKey.Algorithm.ED25519_SHA256, ed25519.getPrivate()));
  }
}
