// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import io.rookery.api.certificates.ServerKey;
import io.rookery.api.secrets.PlatformSecrets;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The secrets {@code platform/acme/…}: for each host its key together with its certificates, so
 * that they are never of two orders, and the key of the account with each authority. Hosts may be
 * longer than a part of a path, so digests of them stand there. Thread-safe.
 */
final class KeySecrets {

  private static final String KEY = "key";
  private static final String CHAIN = "chain";
  private static final int DIGITS = 40;

  private final PlatformSecrets secrets;
  private final Supplier<TenantContext> operator;

  KeySecrets(PlatformSecrets secrets, Supplier<TenantContext> operator) {
    this.secrets = secrets;
    this.operator = operator;
  }

  /** Keeps what a host shows and returns the version. */
  int write(String host, PrivateKey key, List<X509Certificate> chain)
      throws GeneralSecurityException {
    SecretData data =
        new SecretData(Map.of(KEY, Secret.of(Pem.key(key)), CHAIN, Secret.of(Pem.chain(chain))));
    return secrets.write(operator.get(), "acme/host-" + digest(host), data, "acme.ordered");
  }

  /** Returns what a host shows. */
  ServerKey read(String host) throws GeneralSecurityException {
    SecretData data = secrets.read(operator.get(), "acme/host-" + digest(host), "tls.listener");
    return new ServerKey(Pem.privateKey(field(data, KEY)), Pem.certificates(field(data, CHAIN)));
  }

  /** Returns the key of the account with an authority, made at first. */
  KeyPair account(String directory) throws GeneralSecurityException {
    String reference = "acme/account-" + digest(directory);
    try {
      return Pem.keyPair(field(secrets.read(operator.get(), reference, "acme.account"), KEY));
    } catch (RookeryException e) {
      if (!e.code().equals(CommonErrors.NOT_FOUND)) {
        throw e;
      }
      KeyPair made = Pem.generate();
      SecretData data = new SecretData(Map.of(KEY, Secret.of(Pem.keys(made))));
      secrets.write(operator.get(), reference, data, "acme.account");
      return made;
    }
  }

  private static String field(SecretData data, String name) throws GeneralSecurityException {
    Secret field = data.fields().get(name);
    if (field == null) {
      throw new GeneralSecurityException("The secret has no field " + name);
    }
    return field.reveal();
  }

  private static String digest(String text) throws GeneralSecurityException {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest).substring(0, DIGITS);
  }
}
