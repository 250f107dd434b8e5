// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import io.rookery.api.secrets.PlatformSecrets;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.spi.secrets.SecretData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps secrets in memory, as long as it is not sealed. */
final class MemorySecrets implements PlatformSecrets {

  final Map<String, List<SecretData>> versions = new HashMap<>();
  boolean isSealed;

  @Override
  public SecretData read(TenantContext context, String reference, String purpose) {
    open();
    List<SecretData> all = versions.get(reference);
    if (all == null) {
      throw RookeryException.notFound("secret");
    }
    return all.get(all.size() - 1);
  }

  @Override
  public int write(TenantContext operator, String reference, SecretData data, String purpose) {
    open();
    List<SecretData> all = versions.computeIfAbsent(reference, name -> new ArrayList<>());
    all.add(data);
    return all.size();
  }

  @Override
  public void purge(TenantContext context, String reference, String purpose) {
    open();
    versions.remove(reference);
  }

  private void open() {
    if (isSealed) {
      throw RookeryException.unavailable("The secret store is sealed", Duration.ZERO, null);
    }
  }
}
