// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.keys;

import io.rookery.api.hosts.SshKey.Version;
import io.rookery.api.secrets.SecretService;
import io.rookery.hosts.internal.ssh.SshLogin;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import java.security.KeyPair;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The private halves in the secret store, a version of one secret for each pair. */
final class KeySecrets {

  private static final String FIELD = "private_key";

  private final SecretService secrets;

  KeySecrets(SecretService secrets) {
    this.secrets = secrets;
  }

  /** Keeps a pair and returns its version's number. */
  int write(TenantContext context, KeyRow row, KeyPair pair) {
    SecretData data = new SecretData(Map.of(FIELD, KeyPairs.write(pair, row.marker())));
    return secrets.write(context, row.reference(), data, "host.key_make");
  }

  Secret read(TenantContext context, KeyRow row, Version version, String purpose) {
    return secrets
        .readVersion(context, row.reference(), version.number(), purpose)
        .data()
        .fields()
        .get(FIELD);
  }

  /** Returns how a pair signs in. */
  SshLogin login(TenantContext context, KeyRow row, Version version) {
    Secret key = read(context, row, version, "host.sign_in");
    return SshLogin.by(row.key().user(), KeyPairs.read(key));
  }

  /** Returns how a pair signs in, or empty where its private half is gone. */
  Optional<SshLogin> loginIfThere(TenantContext context, KeyRow row, Version version) {
    try {
      return Optional.of(login(context, row, version));
    } catch (RookeryException e) {
      if (e.code().equals(CommonErrors.NOT_FOUND)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  void destroy(TenantContext context, KeyRow row, Collection<Version> versions) {
    if (!versions.isEmpty()) {
      secrets.destroy(
          context,
          row.reference(),
          versions.stream().map(Version::number).collect(Collectors.toSet()),
          "host.key_retire");
    }
  }

  void purge(TenantContext context, KeyRow row, String purpose) {
    secrets.purge(context, row.reference(), purpose);
  }
}
