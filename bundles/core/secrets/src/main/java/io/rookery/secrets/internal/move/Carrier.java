// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.move;

import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretMetadata;
import io.rookery.spi.secrets.SecretMetadata.Version;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretStore;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import io.rookery.spi.secrets.SecretTransfer;
import io.rookery.spi.secrets.SecretVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a secret in one store what it is in another: the same versions under the same numbers, in
 * the same states, with the same data, which is compared by digest after it was written. For one
 * thread at a time.
 */
final class Carrier {

  private final SecretStore from;
  private final SecretStore to;
  private final Peeks peeks;

  Carrier(SecretStore from, SecretStore to, Peeks peeks) {
    this.from = from;
    this.to = to;
    this.peeks = peeks;
  }

  /** Remembers, for whoever comes after a kill, which deleted version is being looked at. */
  interface Peeks {
    void begin(SecretPath path, int version);

    void end();
  }

  /**
   * What a version is, as far as two stores must agree; the digest is empty where it is destroyed.
   */
  private record State(boolean deleted, boolean destroyed, String digest) {}

  /** Carries a secret over, unless it is the same there already; returns whether it was not. */
  boolean carry(SecretPath path) {
    Optional<SecretMetadata> known = from.metadata(path);
    if (known.isEmpty()) {
      to.purge(path);
      return true;
    }
    Map<Integer, State> wanted = new HashMap<>();
    Map<Integer, SecretData> data = new HashMap<>();
    for (Version version : known.get().versions()) {
      SecretData content = version.destroyed() ? null : data(from, path, version);
      if (content == null && !version.destroyed()) {
        throw conflict("A version of " + path + " changed while it was read");
      }
      data.put(version.number(), content);
      wanted.put(version.number(), state(version, content));
    }
    if (same(path, known.get(), wanted)) {
      return false;
    }
    if (cannotGrow(path, known.get(), wanted)) {
      to.purge(path);
    }
    bring(known.get(), wanted, data);
    destroyOthers(path, wanted.keySet());
    if (!same(path, known.get(), wanted)) {
      throw conflict("What was written of " + path + " is not what was read");
    }
    return true;
  }

  private static SecretStoreException conflict(String detail) {
    return new SecretStoreException(Kind.CONFLICT, detail, null);
  }

  /** Brings what is missing or in another state, the earliest first. */
  private void bring(
      SecretMetadata known, Map<Integer, State> wanted, Map<Integer, SecretData> data) {
    Map<Integer, State> there =
        to.metadata(known.path()).map(found -> states(found, wanted.keySet())).orElse(Map.of());
    for (Version version : known.versions()) {
      int number = version.number();
      if (!wanted.get(number).equals(there.get(number))) {
        transfer(to).restore(known.path(), version, data.get(number));
      }
    }
  }

  private boolean same(SecretPath path, SecretMetadata known, Map<Integer, State> wanted) {
    Optional<SecretMetadata> there = to.metadata(path);
    return there.isPresent()
        && there.get().currentVersion() == known.currentVersion()
        && wanted.equals(states(there.get(), wanted.keySet()))
        && others(there.get(), wanted.keySet()).isEmpty();
  }

  /** Returns whether what stands there is of another origin, or newer, so that it must go first. */
  private boolean cannotGrow(SecretPath path, SecretMetadata known, Map<Integer, State> wanted) {
    Optional<SecretMetadata> there = to.metadata(path);
    if (there.isEmpty()) {
      return false;
    }
    int newest = there.get().currentVersion();
    Map<Integer, State> states = states(there.get(), wanted.keySet());
    if (newest > known.currentVersion()
        || wanted.keySet().stream().anyMatch(it -> it <= newest && !states.containsKey(it))) {
      return true;
    }
    return states.entrySet().stream()
        .anyMatch(each -> !canBecome(each.getValue(), wanted.get(each.getKey())));
  }

  private static boolean canBecome(State state, State wanted) {
    return wanted.destroyed() || !state.destroyed() && state.digest().equals(wanted.digest());
  }

  private Map<Integer, State> states(SecretMetadata there, Set<Integer> numbers) {
    Map<Integer, State> states = new HashMap<>();
    for (Version version : there.versions()) {
      if (numbers.contains(version.number())) {
        SecretData content = version.destroyed() ? null : data(to, there.path(), version);
        states.put(version.number(), state(version, content));
      }
    }
    return states;
  }

  private static State state(Version version, SecretData content) {
    // Whether what is destroyed was deleted before tells nobody anything.
    return version.destroyed() || content == null
        ? new State(false, true, "")
        : new State(version.deletedAt() != null, false, Digest.of(content));
  }

  private void destroyOthers(SecretPath path, Set<Integer> numbers) {
    to.metadata(path)
        .map(there -> others(there, numbers))
        .filter(others -> !others.isEmpty())
        .ifPresent(others -> to.destroy(path, others));
  }

  private static Set<Integer> others(SecretMetadata there, Set<Integer> numbers) {
    Set<Integer> others = new HashSet<>();
    for (Version version : there.versions()) {
      if (!version.destroyed() && !numbers.contains(version.number())) {
        others.add(version.number());
      }
    }
    return others;
  }

  private SecretData data(SecretStore store, SecretPath path, Version version) {
    if (version.deletedAt() == null) {
      return store.read(path, version.number()).map(SecretVersion::data).orElse(null);
    }
    if (store == from) {
      peeks.begin(path, version.number());
    }
    SecretData content = transfer(store).deletedData(path, version.number()).orElse(null);
    if (store == from) {
      peeks.end();
    }
    return content;
  }

  /** Returns all secrets of a store, the platform's first. */
  static List<SecretPath> all(SecretStore store) {
    List<SecretPath> all = new ArrayList<>(store.list(new SecretPath("platform")));
    transfer(store).tenants().forEach(tenant -> all.addAll(store.list(SecretPath.tenant(tenant))));
    return all;
  }

  static SecretTransfer transfer(SecretStore store) {
    return (SecretTransfer) store;
  }
}
