// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.api.secrets.SecretService;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretMetadata;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.StoreStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Secrets in a map, by tenant and reference; as particular about purposes as the real ones. */
public final class FakeSecrets implements SecretService {

  public final Map<String, SecretData> kept = new ConcurrentHashMap<>();

  /** Whether nothing can be read or written. */
  public volatile boolean sealed;

  private String key(TenantContext context, String reference, String purpose) {
    if (!purpose.matches("[a-z][a-z0-9_.-]{0,63}")) { // As the contract has it.
      throw new IllegalArgumentException("Not a purpose: " + purpose);
    }
    if (sealed) {
      throw RookeryException.unavailable("The store is sealed", Duration.ofSeconds(10), null);
    }
    new SecretPath("tenants/" + context.tenantId() + "/" + reference);
    return context.tenantId() + "/" + reference;
  }

  @Override
  public SecretData read(TenantContext context, String reference, String purpose) {
    SecretData data = kept.get(key(context, reference, purpose));
    if (data == null) {
      throw RookeryException.notFound("secret");
    }
    return data;
  }

  @Override
  public int write(TenantContext context, String reference, SecretData data, String purpose) {
    kept.put(key(context, reference, purpose), data);
    return 1;
  }

  @Override
  public void purge(TenantContext context, String reference, String purpose) {
    kept.remove(key(context, reference, purpose));
  }

  @Override
  public List<SecretMetadata> list(TenantContext context) {
    return List.of();
  }

  @Override
  public StoreStatus status() {
    return StoreStatus.READY;
  }
}
