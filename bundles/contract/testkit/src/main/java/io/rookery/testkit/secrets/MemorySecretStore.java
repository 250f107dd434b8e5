// SPDX-License-Identifier: Apache-2.0
package io.rookery.testkit.secrets;

import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretMetadata;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretStore;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import io.rookery.spi.secrets.SecretTransfer;
import io.rookery.spi.secrets.SecretVersion;
import io.rookery.spi.secrets.StoreStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A secret store in memory, for tests of what uses one. It can be sealed and taken away. */
public final class MemorySecretStore implements SecretStore, SecretTransfer {

  private final NavigableMap<SecretPath, List<Kept>> secrets = new TreeMap<>();
  private StoreStatus status = StoreStatus.READY;

  /** Sets the status; unless it is {@code READY} every other call fails. */
  public synchronized void setStatus(StoreStatus status) {
    this.status = status;
  }

  @Override
  public synchronized StoreStatus status() {
    return status;
  }

  @Override
  public synchronized Optional<SecretVersion> read(SecretPath path, int version) {
    List<Kept> versions = versions(path);
    int number = version == 0 ? versions.size() : version;
    if (number < 1 || number > versions.size()) {
      return Optional.empty();
    }
    Kept kept = versions.get(number - 1);
    return kept.data() == null || kept.deletedAt() != null
        ? Optional.empty()
        : Optional.of(new SecretVersion(number, kept.data(), kept.createdAt()));
  }

  @Override
  public synchronized int write(SecretPath path, SecretData data, int check) {
    List<Kept> versions = new ArrayList<>(versions(path));
    if (check >= 0 && check != versions.size()) {
      throw new SecretStoreException(Kind.CONFLICT, "Another version was written", null);
    }
    versions.add(new Kept(data, Instant.now(), null));
    secrets.put(path, versions);
    return versions.size();
  }

  @Override
  public synchronized void delete(SecretPath path, Set<Integer> versions) {
    change(path, versions, kept -> new Kept(kept.data(), kept.createdAt(), Instant.now()));
  }

  @Override
  public synchronized void undelete(SecretPath path, Set<Integer> versions) {
    change(path, versions, kept -> new Kept(kept.data(), kept.createdAt(), null));
  }

  @Override
  public synchronized void destroy(SecretPath path, Set<Integer> versions) {
    change(path, versions, kept -> new Kept(null, kept.createdAt(), kept.deletedAt()));
  }

  @Override
  public synchronized Optional<SecretMetadata> metadata(SecretPath path) {
    List<Kept> versions = versions(path);
    List<SecretMetadata.Version> known = new ArrayList<>();
    for (Kept kept : versions) {
      known.add(
          new SecretMetadata.Version(
              known.size() + 1, kept.createdAt(), kept.deletedAt(), kept.data() == null));
    }
    return known.isEmpty()
        ? Optional.empty()
        : Optional.of(new SecretMetadata(path, known.size(), known));
  }

  @Override
  public synchronized void purge(SecretPath path) {
    versions(path);
    secrets.remove(path);
  }

  @Override
  public synchronized List<SecretPath> list(SecretPath folder) {
    versions(folder);
    return secrets.keySet().stream()
        .filter(path -> path.value().startsWith(folder.value() + "/"))
        .toList();
  }

  @Override
  public synchronized List<UUID> tenants() {
    versions(SecretPath.platform("tenants"));
    return secrets.keySet().stream()
        .map(SecretPath::tenantId)
        .filter(Objects::nonNull)
        .distinct()
        .sorted(Comparator.comparing(UUID::toString))
        .toList();
  }

  @Override
  public synchronized Optional<SecretData> deletedData(SecretPath path, int version) {
    List<Kept> versions = versions(path);
    return version < 1 || version > versions.size()
        ? Optional.empty()
        : Optional.of(versions.get(version - 1))
            .filter(kept -> kept.deletedAt() != null)
            .map(Kept::data);
  }

  @Override
  public synchronized void restore(
      SecretPath path, SecretMetadata.Version version, SecretData data) {
    List<Kept> versions = new ArrayList<>(versions(path));
    int number = version.number();
    while (versions.size() < number - 1) {
      versions.add(new Kept(null, version.createdAt(), null));
    }
    if (versions.size() < number) {
      versions.add(new Kept(data, version.createdAt(), null));
    }
    Kept kept = versions.get(number - 1);
    SecretData left = version.destroyed() ? null : kept.data();
    versions.set(number - 1, new Kept(left, kept.createdAt(), version.deletedAt()));
    secrets.put(path, versions);
  }

  private void change(SecretPath path, Set<Integer> numbers, UnaryOperator<Kept> change) {
    List<Kept> versions = versions(path);
    for (int number : numbers) {
      if (number >= 1 && number <= versions.size() && versions.get(number - 1).data() != null) {
        versions.set(number - 1, change.apply(versions.get(number - 1)));
      }
    }
  }

  private List<Kept> versions(SecretPath path) {
    switch (status) {
      case SEALED:
        throw new SecretStoreException(Kind.SEALED, "The store is sealed", null);
      case UNREACHABLE:
        throw new SecretStoreException(Kind.UNREACHABLE, "The store does not answer", null);
      default:
        return secrets.getOrDefault(path, List.of());
    }
  }

  private record Kept(SecretData data, Instant createdAt, Instant deletedAt) {}
}
