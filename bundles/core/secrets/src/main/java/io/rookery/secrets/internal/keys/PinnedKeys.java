// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.keys;

import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKey;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretStore;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import io.rookery.spi.secrets.SecretVersion;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The platform's keys, pinned in memory once loaded. A new key is made some minutes before it is
 * used, so that every node has loaded it by the time it meets what the key has made.
 */
final class PinnedKeys implements PlatformKeys {

  /** How long before its use a new key is made; nodes look for new ones each minute. */
  static final Duration NOTICE = Duration.ofMinutes(5);

  private static final int ATTEMPTS = 10;

  private final Clock clock;
  private volatile Map<KeyPurpose, Ring> rings = Map.of();

  PinnedKeys(Clock clock) {
    this.clock = clock;
  }

  /**
   * Loads all keys and makes those that are missing; also looks for newer ones later on. Where the
   * store fails, what was loaded before stays.
   *
   * @throws SecretStoreException where the store cannot answer
   */
  synchronized void load(SecretStore store) {
    Map<KeyPurpose, Ring> loaded = new EnumMap<>(KeyPurpose.class);
    for (KeyPurpose purpose : KeyPurpose.values()) {
      loaded.put(purpose, load(store, purpose));
    }
    rings = loaded;
  }

  private Ring load(SecretStore store, KeyPurpose purpose) {
    SecretPath path = KeySecret.path(purpose);
    Ring known = rings.get(purpose);
    Optional<Ring> kept = read(store, path);
    if (known != null) {
      return kept.map(found -> newer(path, known, found)).orElse(known);
    }
    if (kept.isEmpty()) {
      writeFirst(store, path);
    }
    // What is used is what is kept: another node may have been first.
    return kept.or(() -> read(store, path)).orElseThrow(() -> deleted(path));
  }

  private static Optional<Ring> read(SecretStore store, SecretPath path) {
    return store.read(path, 0).map(found -> KeySecret.ring(found.data()));
  }

  private static void writeFirst(SecretStore store, SecretPath path) {
    try {
      store.write(path, KeySecret.first(), 0);
    } catch (SecretStoreException e) {
      if (e.kind() != Kind.CONFLICT) {
        throw e;
      }
    }
  }

  /** A store that lost keys, or that is another one, never takes a key from a running node. */
  private static Ring newer(SecretPath path, Ring known, Ring found) {
    if (!found.agreesWith(known)) {
      throw new SecretStoreException(
          Kind.UNREADABLE, "The store holds another key at " + path + " than this node uses", null);
    }
    return known.keys().size() > found.keys().size() ? known : found;
  }

  /**
   * Makes a new key, which becomes the current one after {@link #NOTICE}; older keys verify on.
   *
   * @return the new key's id
   */
  synchronized int rotate(SecretStore store, KeyPurpose purpose) {
    SecretPath path = KeySecret.path(purpose);
    long from = clock.instant().plus(NOTICE).toEpochMilli();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      SecretVersion present = store.read(path, 0).orElseThrow(() -> deleted(path));
      SecretData next = KeySecret.plus(present.data(), from);
      try {
        store.write(path, next, present.number());
        Ring ring = KeySecret.ring(next);
        Map<KeyPurpose, Ring> changed = new EnumMap<>(KeyPurpose.class);
        changed.putAll(rings);
        changed.put(purpose, ring);
        rings = changed;
        return ring.keys().size();
      } catch (SecretStoreException e) {
        if (e.kind() != Kind.CONFLICT) {
          throw e;
        }
      }
    }
    throw new SecretStoreException(
        Kind.CONFLICT, "The keys of " + purpose + " are being changed elsewhere", null);
  }

  private static SecretStoreException deleted(SecretPath path) {
    return new SecretStoreException(
        Kind.UNREADABLE, "The platform's key " + path + " was deleted; undelete it", null);
  }

  @Override
  public PlatformKey current(KeyPurpose purpose) {
    return ring(purpose).current(clock.millis());
  }

  @Override
  public Optional<PlatformKey> find(KeyPurpose purpose, int id) {
    return ring(purpose).find(id);
  }

  private Ring ring(KeyPurpose purpose) {
    Ring ring = rings.get(purpose);
    if (ring == null) {
      throw new IllegalStateException("The platform's keys are not loaded");
    }
    return ring;
  }
}
