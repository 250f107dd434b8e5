// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.api.secrets.SecretService;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretMetadata;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretVersion;
import io.rookery.spi.secrets.StoreStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Secrets in a map, by tenant and reference; as particular about purposes as the real ones. */
public final class FakeSecrets implements SecretService {

  public final Map<String, SecretData> kept = new ConcurrentHashMap<>();
  private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
  private final AtomicReference<Runnable> purged = new AtomicReference<>();

  /** Whether nothing can be read or written. */
  public volatile boolean sealed;

  /** What happens just before the next read. */
  public volatile Runnable beforeRead = () -> {};

  void seal(boolean shut) {
    sealed = shut;
  }

  private String key(TenantContext context, String reference, String purpose) {
    if (!purpose.matches("[a-z][a-z0-9_.-]{0,63}")) { // As the contract has it.
      throw new IllegalArgumentException("Not a purpose: " + purpose);
    }
    if (sealed) {
      throw RookeryException.unavailable("Sealed", Duration.ofSeconds(30), null);
    }
    new SecretPath("tenants/" + context.tenantId() + "/" + reference);
    return context.tenantId() + "/" + reference;
  }

  @Override
  public SecretData read(TenantContext context, String reference, String purpose) {
    Runnable before = beforeRead;
    beforeRead = () -> {};
    before.run();
    return readVersion(context, reference, purpose).data();
  }

  @Override
  public synchronized SecretVersion readVersion(
      TenantContext context, String reference, String purpose) {
    String key = key(context, reference, purpose);
    SecretData data = kept.get(key);
    if (data == null) {
      throw RookeryException.notFound("secret");
    }
    return new SecretVersion(numbers.get(key), data, Instant.EPOCH);
  }

  @Override
  public SecretVersion readVersion(
      TenantContext context, String reference, int number, String purpose) {
    throw new UnsupportedOperationException("Mailboxes use the newest version alone");
  }

  @Override
  public void destroy(
      TenantContext context, String reference, Set<Integer> versions, String purpose) {
    throw new UnsupportedOperationException("Mailboxes purge all versions at once");
  }

  @Override
  public synchronized int write(
      TenantContext context, String reference, SecretData data, String purpose) {
    String key = key(context, reference, purpose);
    kept.put(key, data);
    return numbers.merge(key, 1, Integer::sum);
  }

  @Override
  public synchronized int replace(
      TenantContext context, String reference, int known, SecretData data, String purpose) {
    if (numbers.getOrDefault(key(context, reference, purpose), 0) != known) {
      throw new RookeryException(CommonErrors.CONFLICT, "Written in between");
    }
    return write(context, reference, data, purpose);
  }

  /** Does something once, after tokens were purged. */
  void oncePurged(Runnable work) {
    purged.set(work);
  }

  @Override
  public void purge(TenantContext context, String reference, String purpose) {
    synchronized (this) {
      kept.remove(key(context, reference, purpose));
      numbers.remove(key(context, reference, purpose));
    }
    Runnable work = reference.startsWith("oauth/") ? purged.getAndSet(null) : null;
    if (work != null) {
      work.run();
    }
  }

  @Override
  public List<SecretMetadata> list(TenantContext context) {
    return List.of();
  }

  @Override
  public StoreStatus status() {
    return sealed ? StoreStatus.SEALED : StoreStatus.READY;
  }
}
