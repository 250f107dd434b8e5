// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretMetadata;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretStore;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings versions from elsewhere under their own numbers. The engine counts by itself and takes no
 * number, so what is missing in between is written as versions that are destroyed at once; the
 * moments at which versions were written become those of the move. Stateless.
 */
final class Restoring {

  /** Stands in for data that nobody has any more, for as long as it is not destroyed. */
  private static final SecretData NOTHING = new SecretData(Map.of("destroyed", Secret.of("")));

  private final SecretStore store;

  Restoring(SecretStore store) {
    this.store = store;
  }

  void restore(SecretPath path, SecretMetadata.Version version, SecretData data) {
    Optional<SecretMetadata> known = store.metadata(path);
    int current = known.map(SecretMetadata::currentVersion).orElse(0);
    int number = version.number();
    if (number > current) {
      fill(path, current, number - 1);
      store.write(path, version.destroyed() ? NOTHING : data, number - 1);
    } else if (known.get().versions().stream().noneMatch(v -> v.number() == number)) {
      throw new SecretStoreException(
          Kind.CONFLICT, "The store holds newer versions of " + path + ", and not this one", null);
    }
    bring(path, version);
  }

  private void fill(SecretPath path, int current, int last) {
    Set<Integer> missing = new HashSet<>();
    for (int number = current; number < last; number++) {
      missing.add(store.write(path, NOTHING, number));
    }
    store.destroy(path, missing);
  }

  private void bring(SecretPath path, SecretMetadata.Version version) {
    Set<Integer> it = Set.of(version.number());
    if (version.destroyed()) {
      store.destroy(path, it);
    }
    if (version.deletedAt() != null) {
      store.delete(path, it);
    } else if (!version.destroyed()) {
      store.undelete(path, it);
    }
  }

  /** Undeletes a version for as long as it takes to read it: the engine has no other way. */
  Optional<SecretData> deletedData(SecretPath path, int version) {
    boolean deleted =
        store.metadata(path).stream()
            .flatMap(known -> known.versions().stream())
            .anyMatch(v -> v.number() == version && v.deletedAt() != null && !v.destroyed());
    if (!deleted) {
      return Optional.empty();
    }
    store.undelete(path, Set.of(version));
    try {
      return store.read(path, version).map(found -> found.data());
    } finally {
      store.delete(path, Set.of(version));
    }
  }
}
