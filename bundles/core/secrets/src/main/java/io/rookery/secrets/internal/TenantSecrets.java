// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal;

import io.rookery.api.secrets.SecretService;
import io.rookery.events.EventLog;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.secrets.internal.SecretEvents.Access;
import io.rookery.secrets.internal.alert.Alerts;
import io.rookery.secrets.internal.seal.SealRows;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretMetadata;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretStore;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretVersion;
import io.rookery.spi.secrets.StoreStatus;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives tenants their secrets and leaves an event of each access. A value leaves only after its
 * event is durable. A purge is recorded before it is done, as it cannot be undone; a write after,
 * when its version is known, and one that cannot be recorded fails.
 */
@Component(
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=secrets)"))
public final class TenantSecrets implements SecretService {

  private static final Logger LOG = LoggerFactory.getLogger(TenantSecrets.class);
  private static final Pattern PURPOSE = Pattern.compile("[a-z][a-z0-9_.-]{0,63}");

  /** How long who asks for a secret of a sealed tenant is asked to wait. */
  private static final Duration SEALED = Duration.ofMinutes(1);

  private static final int LARGEST = 64 * 1024;

  private final ConfiguredStore stores;
  private final Transactions transactions;
  private final SecretEvents events;

  /** Works with the configured store. */
  @Activate
  public TenantSecrets(
      @Reference ConfiguredStore stores,
      @Reference Transactions transactions,
      @Reference EventLog log,
      @Reference Alerts alerts) {
    this(stores, transactions, log, alerts, Clock.systemUTC());
  }

  /** Works with some stores, as a node that is alone does. */
  public TenantSecrets(ConfiguredStore stores, Transactions transactions, EventLog log) {
    this(stores, transactions, log, Clock.systemUTC());
  }

  TenantSecrets(ConfiguredStore stores, Transactions transactions, EventLog log, Clock clock) {
    this(stores, transactions, log, new Alerts(log, clock), clock);
  }

  TenantSecrets(
      ConfiguredStore stores, Transactions transactions, EventLog log, Alerts alerts, Clock clock) {
    this.stores = stores;
    this.transactions = transactions;
    this.events = new SecretEvents(transactions, log, clock, alerts);
  }

  @Override
  public SecretData read(TenantContext context, String reference, String purpose) {
    return readVersion(context, reference, purpose).data();
  }

  @Override
  public SecretVersion readVersion(TenantContext context, String reference, String purpose) {
    return readNumber(context, reference, 0, purpose);
  }

  @Override
  public SecretVersion readVersion(
      TenantContext context, String reference, int number, String purpose) {
    if (number < 1) {
      throw new IllegalArgumentException("A version's number is 1 or more");
    }
    return readNumber(context, reference, number, purpose);
  }

  private SecretVersion readNumber(
      TenantContext context, String reference, int number, String purpose) {
    Access access = access(context, reference, purpose);
    requireUnsealed(context, access, "read");
    Optional<SecretVersion> found =
        store(context, access, "read", store -> store.read(access.path(), number));
    if (found.isEmpty()) {
      fail(context, access, "read", "not_found");
      throw RookeryException.notFound("secret");
    }
    events.read(context, access, found.get().number());
    return found.get();
  }

  @Override
  public int write(TenantContext context, String reference, SecretData data, String purpose) {
    return write(context, reference, -1, data, purpose);
  }

  @Override
  public int replace(
      TenantContext context, String reference, int known, SecretData data, String purpose) {
    if (known < 0) {
      throw new IllegalArgumentException("A known version is 0 or more");
    }
    return write(context, reference, known, data, purpose);
  }

  private int write(
      TenantContext context, String reference, int check, SecretData data, String purpose) {
    Access access = access(context, reference, purpose);
    requireSmall(data);
    requireUnsealed(context, access, "write");
    int version = store(context, access, "write", store -> store.write(access.path(), data, check));
    events.written(context, access, version);
    return version;
  }

  @Override
  public void destroy(
      TenantContext context, String reference, Set<Integer> versions, String purpose) {
    Access access = access(context, reference, purpose);
    for (int version : versions) {
      events.destroyed(context, access, version);
    }
    store(
        context,
        access,
        "destroy",
        store -> {
          store.destroy(access.path(), versions);
          return null;
        });
  }

  @Override
  public void purge(TenantContext context, String reference, String purpose) {
    Access access = access(context, reference, purpose);
    boolean there =
        store(context, access, "purge", store -> store.metadata(access.path()).isPresent());
    if (!there) {
      return;
    }
    events.purged(context, access);
    store(
        context,
        access,
        "purge",
        store -> {
          store.purge(access.path());
          return null;
        });
  }

  @Override
  public List<SecretMetadata> list(TenantContext context) {
    try {
      SecretStore store = stores.get();
      return store.list(SecretPath.tenant(context.tenantId())).stream()
          .map(store::metadata)
          .flatMap(Optional::stream)
          .toList();
    } catch (SecretStoreException e) {
      throw StoreErrors.translate(e);
    }
  }

  @Override
  public StoreStatus status() {
    return stores.status();
  }

  private <R> R store(
      TenantContext context, Access access, String operation, Function<SecretStore, R> call) {
    try {
      return call.apply(stores.get());
    } catch (SecretStoreException e) {
      fail(context, access, operation, e.kind().name().toLowerCase(Locale.ROOT));
      throw StoreErrors.translate(e);
    }
  }

  /** The failure itself is what the caller must learn, so one that cannot be recorded is logged. */
  private void fail(TenantContext context, Access access, String operation, String reason) {
    try {
      events.failed(context, access, operation, reason);
    } catch (RookeryException e) {
      LOG.error("A failed {} of a secret could not be recorded", operation, e);
    }
  }

  /**
   * A path is made from the context's tenant and checked as a whole, so nothing leads out of it.
   */
  private static Access access(TenantContext context, String reference, String purpose) {
    if (purpose == null || !PURPOSE.matcher(purpose).matches()) {
      throw new IllegalArgumentException("A purpose is a word of at most 64 characters");
    }
    String below = Objects.requireNonNullElse(reference, "");
    try {
      return new Access(SecretPath.tenant(context.tenantId(), below), below, purpose);
    } catch (IllegalArgumentException e) {
      throw RookeryException.invalid("/reference", "This is not a reference to a secret");
    }
  }

  /** Read where it is kept, so that a seal holds on every node from its commit on. */
  private void requireUnsealed(TenantContext context, Access access, String operation) {
    if (transactions.call(context.withoutIdempotencyKey(), SealRows::find).isPresent()) {
      fail(context, access, operation, "tenant_sealed");
      throw RookeryException.unavailable(
          "The operator has sealed this tenant's secrets", SEALED, null);
    }
  }

  private static void requireSmall(SecretData data) {
    long size =
        data.fields().values().stream()
            .mapToLong(value -> value.reveal().getBytes(StandardCharsets.UTF_8).length)
            .sum();
    if (size > LARGEST) {
      throw RookeryException.invalid("/data", "A secret has at most 64 KiB");
    }
  }
}
