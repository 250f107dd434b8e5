// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal;

import io.rookery.api.secrets.SecretService;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretMetadata;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretVersion;
import io.rookery.spi.secrets.StoreStatus;
import io.rookery.testkit.secrets.MemorySecretStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Secrets of tenants in a store that keeps the contract of secret stores. */
public final class StoredSecrets implements SecretService {

  public final MemorySecretStore store = new MemorySecretStore();

  /** Whether nothing can be read or written. */
  public volatile boolean sealed;

  private SecretPath path(TenantContext context, String reference, String purpose) {
    if (!purpose.matches("[a-z][a-z0-9_.-]{0,63}")) { // As the contract has it.
      throw new IllegalArgumentException("Not a purpose: " + purpose);
    }
    if (sealed) {
      throw RookeryException.unavailable("Sealed", Duration.ofSeconds(30), null);
    }
    return SecretPath.tenant(context.tenantId(), reference);
  }

  @Override
  public SecretData read(TenantContext context, String reference, String purpose) {
    return readVersion(context, reference, purpose).data();
  }

  @Override
  public SecretVersion readVersion(TenantContext context, String reference, String purpose) {
    return readVersion(context, reference, 0, purpose);
  }

  @Override
  public SecretVersion readVersion(
      TenantContext context, String reference, int number, String purpose) {
    return store
        .read(path(context, reference, purpose), number)
        .orElseThrow(() -> RookeryException.notFound("secret"));
  }

  @Override
  public int write(TenantContext context, String reference, SecretData data, String purpose) {
    return store.write(path(context, reference, purpose), data, -1);
  }

  @Override
  public int replace(
      TenantContext context, String reference, int known, SecretData data, String purpose) {
    return store.write(path(context, reference, purpose), data, known);
  }

  @Override
  public void destroy(
      TenantContext context, String reference, Set<Integer> versions, String purpose) {
    store.destroy(path(context, reference, purpose), versions);
  }

  @Override
  public void purge(TenantContext context, String reference, String purpose) {
    store.purge(path(context, reference, purpose));
  }

  @Override
  public List<SecretMetadata> list(TenantContext context) {
    return store.list(SecretPath.tenant(context.tenantId())).stream()
        .flatMap(path -> store.metadata(path).stream())
        .toList();
  }

  @Override
  public StoreStatus status() {
    return sealed ? StoreStatus.SEALED : StoreStatus.READY;
  }
}
