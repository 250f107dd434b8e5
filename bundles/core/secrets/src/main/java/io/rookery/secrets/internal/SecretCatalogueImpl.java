// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal;

import io.rookery.api.secrets.CompromisedVersions;
import io.rookery.api.secrets.SecretCatalogue;
import io.rookery.events.EventLog;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.secrets.internal.SecretEvents.Access;
import io.rookery.secrets.internal.seal.SealRows;
import io.rookery.spi.secrets.SecretMetadata;
import io.rookery.spi.secrets.SecretMetadata.Version;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretStore;
import io.rookery.spi.secrets.SecretStoreException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Tells tenants of their secrets as the store knows them; holds nothing itself. */
@Component(
    service = SecretCatalogue.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=secrets)"))
public final class SecretCatalogueImpl implements SecretCatalogue {

  private static final String PURPOSE = "catalogue";
  private static final Duration SEALED = Duration.ofMinutes(1);

  private final ConfiguredStore stores;
  private final Transactions transactions;
  private final SecretEvents events;
  private final List<CompromisedVersions> sources = new CopyOnWriteArrayList<>();

  /** Works with the configured store. */
  @Activate
  public SecretCatalogueImpl(
      @Reference ConfiguredStore stores,
      @Reference Transactions transactions,
      @Reference EventLog log) {
    this.stores = stores;
    this.transactions = transactions;
    this.events = new SecretEvents(transactions, log, Clock.systemUTC());
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addCompromised(CompromisedVersions source) {
    sources.add(source);
  }

  void removeCompromised(CompromisedVersions source) {
    sources.remove(source);
  }

  @Override
  public Page<Entry> list(TenantContext context, PageRequest page) {
    String beyond = page.cursor() == null ? "" : decode(page.cursor());
    List<SecretPath> read =
        paths(context).stream()
            .filter(path -> path.value().compareTo(folder(context) + beyond) > 0)
            .limit(page.limit() + 1L)
            .toList();
    List<SecretPath> shown = read.subList(0, Math.min(page.limit(), read.size()));
    Map<String, Map<Integer, String>> incidents = incidents(context);
    List<Entry> entries =
        shown.stream()
            .map(path -> store(store -> store.metadata(path)))
            .flatMap(Optional::stream)
            .map(known -> entry(known, incidents))
            .toList();
    boolean more = read.size() > page.limit();
    return new Page<>(entries, more ? encode(below(shown.get(shown.size() - 1))) : null);
  }

  @Override
  public Entry get(TenantContext context, UUID id) {
    return entry(context, find(context, id));
  }

  @Override
  public Entry delete(TenantContext context, UUID id, int version) {
    SecretPath path = find(context, id);
    requireVersion(path, version);
    events.deleted(context, access(path), version);
    change(store -> store.delete(path, Set.of(version)));
    return entry(context, path);
  }

  @Override
  public Entry undelete(TenantContext context, UUID id, int version) {
    if (transactions.call(context.withoutIdempotencyKey(), SealRows::find).isPresent()) {
      throw RookeryException.unavailable(
          "The operator has sealed this tenant's secrets", SEALED, null);
    }
    SecretPath path = find(context, id);
    requireVersion(path, version);
    events.undeleted(context, access(path), version);
    change(store -> store.undelete(path, Set.of(version)));
    return entry(context, path);
  }

  private SecretPath find(TenantContext context, UUID id) {
    return paths(context).stream()
        .filter(path -> SecretEvents.subject(path).equals(id))
        .findFirst()
        .orElseThrow(() -> RookeryException.notFound("secret"));
  }

  private void requireVersion(SecretPath path, int number) {
    Version version =
        metadata(path).versions().stream()
            .filter(one -> one.number() == number)
            .findFirst()
            .orElseThrow(() -> RookeryException.notFound("version"));
    if (version.destroyed()) {
      throw new RookeryException(CommonErrors.WRONG_STATE, "The version is destroyed for good");
    }
  }

  private List<SecretPath> paths(TenantContext context) {
    return store(store -> store.list(SecretPath.tenant(context.tenantId())));
  }

  private SecretMetadata metadata(SecretPath path) {
    return store(store -> store.metadata(path))
        .orElseThrow(() -> RookeryException.notFound("secret"));
  }

  private void change(Consumer<SecretStore> work) {
    store(
        store -> {
          work.accept(store);
          return null;
        });
  }

  private <R> R store(Function<SecretStore, R> work) {
    try {
      return work.apply(stores.get());
    } catch (SecretStoreException e) {
      throw StoreErrors.translate(e);
    }
  }

  private static Access access(SecretPath path) {
    return new Access(path, below(path), PURPOSE);
  }

  private Entry entry(TenantContext context, SecretPath path) {
    return entry(metadata(path), incidents(context));
  }

  /** Returns what all who replace secrets know; of two incidents of a version either will do. */
  private Map<String, Map<Integer, String>> incidents(TenantContext context) {
    return transactions.call(
        context.withoutIdempotencyKey(),
        tx -> {
          Map<String, Map<Integer, String>> all = new HashMap<>();
          for (CompromisedVersions source : sources) {
            source
                .of(tx)
                .forEach(
                    (key, found) -> all.computeIfAbsent(key, k -> new HashMap<>()).putAll(found));
          }
          return all;
        });
  }

  private static Entry entry(SecretMetadata known, Map<String, Map<Integer, String>> incidents) {
    String reference = below(known.path());
    Instant createdAt =
        known.versions().stream()
            .filter(version -> version.number() == known.currentVersion())
            .map(Version::createdAt)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    return new Entry(
        SecretEvents.subject(known.path()),
        reference,
        reference.split("/", 2)[0],
        known.currentVersion(),
        createdAt,
        known.versions(),
        incidents.getOrDefault(reference, Map.of()));
  }

  private static String folder(TenantContext context) {
    return SecretPath.tenant(context.tenantId()).value() + "/";
  }

  private static String below(SecretPath path) {
    return path.value().substring(SecretPath.tenant(path.tenantId()).value().length() + 1);
  }

  private static String encode(String reference) {
    byte[] bytes = ("s" + reference).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String decode(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (text.startsWith("s")) {
        return text.substring(1);
      }
    } catch (IllegalArgumentException e) {
      // Not ours either.
    }
    throw new RookeryException(
        CommonErrors.INVALID_REQUEST, "The cursor is not one that this list gave");
  }
}
