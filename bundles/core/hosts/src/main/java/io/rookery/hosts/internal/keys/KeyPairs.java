// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.keys;

import io.rookery.api.hosts.SshKey.Algorithm;
import io.rookery.kernel.RookeryException;
import io.rookery.spi.plugin.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Iterator;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Makes key pairs, and reads and writes them in OpenSSH's form. */
final class KeyPairs {

  private static final int LONGEST = 16 * 1024;
  private static final NamedResource NAME = NamedResource.ofName("private key");

  private KeyPairs() {}

  static KeyPair make(Algorithm algorithm) {
    try {
      return switch (algorithm) {
        case ED25519 -> KeyUtils.generateKeyPair("ssh-ed25519", 256);
        case RSA4096 -> KeyUtils.generateKeyPair("ssh-rsa", 4096);
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java makes no such keys", e);
    }
  }

  /** Returns the private half, which holds the public one too. */
  static Secret write(KeyPair pair, String comment) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, comment, null, bytes);
      return Secret.of(bytes.toString(StandardCharsets.US_ASCII));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("A key that was just made cannot be written", e);
    }
  }

  /** Reads what {@link #write} wrote. */
  static KeyPair read(Secret kept) {
    try {
      return load(kept.reveal(), FilePasswordProvider.EMPTY);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // The cause might quote what it could not read.
      throw new IllegalStateException("The secret store holds a key that cannot be read");
    }
  }

  /** Reads a private key that somebody gave. */
  static KeyPair given(Secret key, Secret passphrase) {
    FilePasswordProvider password =
        passphrase == null
            ? FilePasswordProvider.EMPTY
            : FilePasswordProvider.of(passphrase.reveal());
    try {
      if (key.reveal().length() <= LONGEST) {
        return load(key.reveal().strip() + "\n", password);
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // Told below, without what the parser says: it might quote the key.
    }
    throw RookeryException.invalid(
        "/private_key",
        "This is no private key in OpenSSH's form or as PEM, or the passphrase is not the right one");
  }

  private static KeyPair load(String text, FilePasswordProvider password)
      throws IOException, GeneralSecurityException {
    ByteArrayInputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    Iterable<KeyPair> found = SecurityUtils.loadKeyPairIdentities(null, NAME, in, password);
    Iterator<KeyPair> pairs = found == null ? null : found.iterator();
    if (pairs == null || !pairs.hasNext()) {
      throw new IOException("No key");
    }
    return pairs.next();
  }

  /** Returns a public half as authorized_keys takes it. */
  static String line(PublicKey key) {
    return PublicKeyEntry.toString(key);
  }

  static String fingerprint(PublicKey key) {
    return KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
  }
}
