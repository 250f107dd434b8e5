// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import io.rookery.api.secrets.PlatformSecrets;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.spi.secrets.SecretData;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the platform's secrets for a test, and can be sealed. */
final class Vault implements PlatformSecrets {

  private final Map<String, SecretData> secrets = new ConcurrentHashMap<>();
  volatile boolean sealed;

  @Override
  public SecretData read(TenantContext context, String reference, String purpose) {
    open();
    SecretData found = secrets.get(reference);
    if (found == null) {
      throw RookeryException.notFound("secret");
    }
    return found;
  }

  @Override
  public int write(TenantContext operator, String reference, SecretData data, String purpose) {
    open();
    secrets.put(reference, data);
    return 1;
  }

  @Override
  public void purge(TenantContext context, String reference, String purpose) {
    open();
    secrets.remove(reference);
  }

  /** Returns how many secrets are kept. */
  int size() {
    return secrets.size();
  }

  private void open() {
    if (sealed) {
      throw RookeryException.unavailable("The store is sealed", Duration.ofSeconds(5), null);
    }
  }
}
