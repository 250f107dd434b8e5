// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.embedded;

import io.rookery.spi.plugin.PluginStorage;
import io.rookery.spi.plugin.PluginStorage.Entry;
import io.rookery.spi.secrets.MasterRewrap;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretMetadata;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretStore;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import io.rookery.spi.secrets.SecretTransfer;
import io.rookery.spi.secrets.SecretVersion;
import io.rookery.spi.secrets.SignInWatch;
import io.rookery.spi.secrets.StoreStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Keeps secrets in the platform's database: each tenant's under a data key of its own, all data
 * keys under a master key outside the database. As Vault does, it keeps the last ten versions of a
 * secret unless told otherwise.
 */
@Component(
    service = {SecretStore.class, MasterRewrap.class, EmbeddedStore.class},
    configurationPid = EmbeddedConfiguration.PID,
    property = {"store=embedded", "version=1"})
@Designate(ocd = EmbeddedConfiguration.class)
public final class EmbeddedStore implements SecretStore, SecretTransfer, MasterRewrap {

  private static final int ATTEMPTS = 100;

  private final Shelf shelf;
  private final Opening opening;
  private final int keep;
  private final Path base;
  private final Clock clock;
  private final AtomicReference<SignInWatch> watch = new AtomicReference<>();
  private final List<Object> turns = IntStream.range(0, 16).mapToObj(i -> new Object()).toList();

  /** Opens the store as configured once it is first used. */
  @Activate
  public EmbeddedStore(
      @Reference PluginStorage storage, EmbeddedConfiguration configuration, BundleContext bundle) {
    this(
        storage,
        source(configuration, Path.of(base(bundle))),
        configuration.max__versions(),
        Clock.systemUTC(),
        Path.of(base(bundle)));
  }

  EmbeddedStore(PluginStorage storage, MasterSource source, int keep, Clock clock) {
    this(storage, source, keep, clock, Path.of("."));
  }

  private EmbeddedStore(
      PluginStorage storage, MasterSource source, int keep, Clock clock, Path base) {
    if (keep < 1) {
      throw new IllegalArgumentException("max_versions must be at least 1");
    }
    this.shelf = new Shelf(storage);
    this.opening = new Opening(shelf, source, clock);
    opening.watch(this::refused);
    this.keep = keep;
    this.base = base;
    this.clock = clock;
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void addWatch(SignInWatch added) {
    watch.set(added);
  }

  void removeWatch(SignInWatch removed) {
    watch.compareAndSet(removed, null);
  }

  private void refused() {
    SignInWatch present = watch.get();
    if (present != null) {
      present.refused("embedded");
    }
  }

  private static String base(BundleContext bundle) {
    String base = bundle.getProperty("karaf.data");
    return base == null ? "." : base;
  }

  static MasterSource source(EmbeddedConfiguration configuration, Path base) {
    return configuration.passphrase__file().isBlank()
        ? new KeyFile(base.resolve(configuration.master__key__file()))
        : new PassphraseFile(base.resolve(configuration.passphrase__file()));
  }

  @Override
  public StoreStatus status() {
    try {
      opening.ring();
      shelf.get(null, MasterRecord.KEY);
      return StoreStatus.READY;
    } catch (SecretStoreException e) {
      return e.kind() == Kind.UNREACHABLE ? StoreStatus.UNREACHABLE : StoreStatus.SEALED;
    }
  }

  @Override
  public Optional<SecretVersion> read(SecretPath path, int version) {
    KeyRing ring = opening.ring();
    return load(path)
        .flatMap(kept -> kept.record().version(version))
        .filter(SecretRecord.Version::readable)
        .map(
            found ->
                new SecretVersion(
                    found.number(),
                    Sealing.open(ring.key(path.tenantId()), path, found),
                    found.createdAt()));
  }

  @Override
  public int write(SecretPath path, SecretData data, int check) {
    DataKey key = opening.ring().key(path.tenantId());
    return change(
            path,
            record -> {
              if (check >= 0 && check != record.current()) {
                throw Failures.conflict("Another version was written in between");
              }
              int number = record.current() + 1;
              byte[] sealed = Sealing.seal(key, path, number, data);
              return record.plus(
                  new SecretRecord.Version(number, now(), null, false, key.id(), sealed), keep);
            })
        .current();
  }

  @Override
  public void delete(SecretPath path, Set<Integer> versions) {
    Instant now = now();
    changeKnown(path, record -> record.change(versions, version -> version.deleted(now)));
  }

  @Override
  public void undelete(SecretPath path, Set<Integer> versions) {
    changeKnown(path, record -> record.change(versions, SecretRecord.Version::undeleted));
  }

  @Override
  public void destroy(SecretPath path, Set<Integer> versions) {
    changeKnown(path, record -> record.change(versions, SecretRecord.Version::destroy));
  }

  @Override
  public Optional<SecretMetadata> metadata(SecretPath path) {
    opening.ring();
    return load(path).map(kept -> kept.record().metadata());
  }

  @Override
  public void purge(SecretPath path) {
    opening.ring();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Kept> kept = load(path);
      if (kept.isEmpty() || shelf.remove(path.tenantId(), key(path), kept.get().storageVersion())) {
        return;
      }
    }
    throw tooBusy();
  }

  @Override
  public List<SecretPath> list(SecretPath folder) {
    opening.ring();
    String below = folder.value() + "/";
    return shelf.all(folder.tenantId(), SecretRecord.PREFIX).stream()
        .map(entry -> SecretRecord.of(entry.value()).path())
        .filter(path -> path.value().startsWith(below))
        .sorted()
        .toList();
  }

  @Override
  public List<UUID> tenants() {
    return opening.ring().scopes();
  }

  @Override
  public Optional<SecretData> deletedData(SecretPath path, int version) {
    KeyRing ring = opening.ring();
    return load(path)
        .flatMap(kept -> kept.record().version(version))
        .filter(found -> found.deletedAt() != null && !found.destroyed())
        .map(found -> Sealing.open(ring.key(path.tenantId()), path, found));
  }

  @Override
  public void restore(SecretPath path, SecretMetadata.Version version, SecretData data) {
    DataKey key = opening.ring().key(path.tenantId());
    change(
        path,
        record -> {
          if (record.versions().stream().anyMatch(v -> v.number() == version.number())) {
            return record.change(Set.of(version.number()), v -> v.as(version));
          }
          if (version.number() <= record.current()) {
            throw Failures.conflict("The store holds newer versions, and not this one");
          }
          return record.plus(restored(key, path, version, data), keep);
        });
  }

  private static SecretRecord.Version restored(
      DataKey key, SecretPath path, SecretMetadata.Version version, SecretData data) {
    byte[] sealed =
        version.destroyed() ? new byte[0] : Sealing.seal(key, path, version.number(), data);
    return new SecretRecord.Version(
        version.number(),
        version.createdAt().truncatedTo(ChronoUnit.MICROS),
        version.deletedAt() == null ? null : version.deletedAt().truncatedTo(ChronoUnit.MICROS),
        version.destroyed(),
        key.id(),
        sealed);
  }

  @Override
  public int rewrap(Next next) {
    Path file = base.resolve(next.file());
    return opening.ring().rewrap(next.passphrase() ? new PassphraseFile(file) : new KeyFile(file));
  }

  private void changeKnown(SecretPath path, UnaryOperator<SecretRecord> change) {
    opening.ring();
    change(path, record -> record.current() == 0 ? record : change.apply(record));
  }

  /**
   * Changes a secret as it is at that moment. Writers of one node take turns instead of retrying.
   */
  private SecretRecord change(SecretPath path, UnaryOperator<SecretRecord> change) {
    synchronized (turns.get(Math.floorMod(path.hashCode(), turns.size()))) {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Kept kept = load(path).orElse(new Kept(SecretRecord.empty(path), 0));
        SecretRecord changed = change.apply(kept.record());
        if (changed.equals(kept.record())
            || shelf.put(path.tenantId(), key(path), changed.toBytes(), kept.storageVersion())) {
          return changed;
        }
      }
    }
    throw tooBusy();
  }

  private static SecretStoreException tooBusy() {
    return Failures.unreachable("Too many are changing the same secret", null);
  }

  private Optional<Kept> load(SecretPath path) {
    return shelf.get(path.tenantId(), key(path)).map(entry -> kept(path, entry));
  }

  private static Kept kept(SecretPath path, Entry entry) {
    SecretRecord record = SecretRecord.of(entry.value());
    if (!record.path().equals(path)) {
      throw Failures.unreadable("What is kept of a secret belongs to another one");
    }
    return new Kept(record, entry.version());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** Paths are longer than a storage key may be, and hold an at-sign. */
  private static String key(SecretPath path) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = digest.digest(path.value().getBytes(StandardCharsets.UTF_8));
      return SecretRecord.PREFIX + HexFormat.of().formatHex(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256", e);
    }
  }

  private record Kept(SecretRecord record, long storageVersion) {}
}
