// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.embedded;

import io.rookery.spi.plugin.PluginStorage.Entry;
import io.rookery.spi.secrets.SecretStoreException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The data keys, as one open master key gives them. A rewrap goes in two steps, so that it may be
 * interrupted anywhere: it adds a wrapping under the new master key to each data key and leaves the
 * old ones; the first start with the new master key makes it the current one and removes the old
 * wrappings. A new data key is made only under all master keys that the store names.
 */
final class KeyRing {

  private final Shelf shelf;
  private final MasterSource source;
  private final Map<String, DataKey> cache = new ConcurrentHashMap<>();
  private volatile List<MasterKey> masters;

  private KeyRing(Shelf shelf, MasterSource source, MasterKey master) {
    this.shelf = shelf;
    this.source = source;
    this.masters = List.of(master);
  }

  /** Opens the ring; {@code UNREADABLE} where the master key is not one that the store names. */
  static KeyRing open(Shelf shelf, MasterSource source) {
    Optional<Entry> kept = shelf.get(null, MasterRecord.KEY);
    if (kept.isEmpty()) {
      MasterKey master = source.create();
      MasterRecord first = new MasterRecord(List.of(master.description()));
      if (shelf.put(null, MasterRecord.KEY, first.toBytes(), 0)) {
        return new KeyRing(shelf, source, master);
      }
      source.discard();
      return open(shelf, source);
    }
    MasterRecord record = MasterRecord.of(kept.get().value());
    List<MasterKey> named = named(source, record);
    if (named.isEmpty()) {
      throw Failures.unreadable(
          "The master key is not the one that the secrets were encrypted under; configure the key of"
              + " this installation");
    }
    KeyRing ring = new KeyRing(shelf, source, newest(shelf, record, named));
    ring.finishRewrap(record, kept.get().version());
    return ring;
  }

  /** Returns the keys of a source that the store names. */
  private static List<MasterKey> named(MasterSource source, MasterRecord record) {
    return source.candidates(record).stream().filter(key -> record.names(key.id())).toList();
  }

  /**
   * Returns the key to open with. One passphrase may give both, where a rewrap derived the next key
   * in another way: that one counts once everything is under it.
   */
  private static MasterKey newest(Shelf shelf, MasterRecord record, List<MasterKey> named) {
    MasterKey last = named.get(named.size() - 1);
    boolean finished =
        named.size() == 1
            || shelf.all(null, WrappedKey.PREFIX).stream()
                .allMatch(entry -> wrapped(entry).under(last));
    return finished ? last : named.get(0);
  }

  private void finishRewrap(MasterRecord record, long version) {
    MasterKey master = masters.get(0);
    if (record.current().id().equals(master.id())) {
      return;
    }
    List<Entry> keys = shelf.all(null, WrappedKey.PREFIX);
    if (!keys.stream().map(KeyRing::wrapped).allMatch(key -> key.under(master))) {
      throw Failures.unreadable(
          "The rewrap to this master key is not finished; go back to the former one and repeat it");
    }
    keys.forEach(
        entry -> {
          byte[] rest = wrapped(entry).only(master).toBytes();
          shelf.put(null, entry.key(), rest, entry.version());
        });
    MasterRecord promoted = new MasterRecord(List.of(master.description()));
    shelf.put(null, MasterRecord.KEY, promoted.toBytes(), version);
  }

  private static WrappedKey wrapped(Entry entry) {
    return WrappedKey.of(WrappedKey.scope(entry.key()), entry.value());
  }

  /** Returns the key of a tenant, or of the platform by null; made where there is none. */
  DataKey key(UUID scope) {
    DataKey known = cache.get(WrappedKey.key(scope));
    return known != null ? known : load(scope).orElseGet(() -> make(scope));
  }

  /** Returns the tenants that have a data key, in order. */
  List<UUID> scopes() {
    return shelf.all(null, WrappedKey.PREFIX).stream()
        .map(entry -> WrappedKey.scope(entry.key()))
        .filter(Objects::nonNull)
        .sorted(Comparator.comparing(UUID::toString))
        .toList();
  }

  private Optional<DataKey> load(UUID scope) {
    return shelf
        .get(null, WrappedKey.key(scope))
        .map(KeyRing::wrapped)
        .map(wrapped -> remember(scope, wrapped.id(), unwrap(wrapped)));
  }

  private DataKey make(UUID scope) {
    adopt();
    byte[] bytes = Aead.random(MasterKey.LENGTH);
    WrappedKey wrapped = WrappedKey.wrap(scope, bytes, masters);
    if (shelf.put(null, WrappedKey.key(scope), wrapped.toBytes(), 0)) {
      requireAllMasters(scope);
    }
    // Read back: another node's key may have won, and what is used is what is kept.
    return load(scope)
        .orElseThrow(() -> Failures.unreachable("A data key was removed while it was made", null));
  }

  /** Takes a new key back that a rewrap has missed; nothing was encrypted under it yet. */
  private void requireAllMasters(UUID scope) {
    MasterRecord record = record();
    boolean missed = record.keys().stream().anyMatch(key -> !holds(key.id()));
    if (missed && shelf.remove(null, WrappedKey.key(scope), firstVersion(scope))) {
      throw Failures.unreachable(
          "The master key was changed; configure the new one on this node too", null);
    }
  }

  private long firstVersion(UUID scope) {
    return shelf
        .get(null, WrappedKey.key(scope))
        .filter(entry -> wrapped(entry).wrappings().size() == masters.size())
        .map(Entry::version)
        .orElse(0L);
  }

  private byte[] unwrap(WrappedKey wrapped) {
    if (masters.stream().noneMatch(wrapped::under)) {
      adopt();
    }
    MasterKey master = masters.stream().filter(wrapped::under).findFirst().orElse(masters.get(0));
    return wrapped.unwrap(master);
  }

  /**
   * Takes up what a rewrap on another node has named since, as far as this node's source has it,
   * and drops what is named no longer.
   */
  private synchronized void adopt() {
    MasterRecord record = record();
    if (record.keys().stream().allMatch(key -> holds(key.id()))
        && masters.size() == record.keys().size()) {
      return;
    }
    List<MasterKey> present = new ArrayList<>(masters);
    present.removeIf(master -> !record.names(master.id()));
    if (present.size() < record.keys().size()) {
      named(source, record).stream().filter(key -> !holds(key.id())).forEach(present::add);
    }
    masters = present.isEmpty() ? masters : List.copyOf(present);
  }

  private boolean holds(String id) {
    return masters.stream().anyMatch(master -> master.id().equals(id));
  }

  private DataKey remember(UUID scope, int id, byte[] bytes) {
    DataKey key = new DataKey(id, bytes);
    cache.put(WrappedKey.key(scope), key);
    return key;
  }

  private MasterRecord record() {
    return shelf
        .get(null, MasterRecord.KEY)
        .map(entry -> MasterRecord.of(entry.value()))
        .orElseThrow(() -> Failures.unreadable("The store has lost the name of its master key"));
  }

  /**
   * Wraps every data key under a new master key too. May be repeated, and must be where it failed.
   *
   * @return how many data keys there are
   * @throws SecretStoreException of kind {@code CONFLICT} while a rewrap to another key is
   *     unfinished
   */
  synchronized int rewrap(MasterSource source) {
    adopt();
    Entry kept = shelf.get(null, MasterRecord.KEY).orElseThrow();
    MasterRecord record = MasterRecord.of(kept.value());
    MasterKey next = announce(source, record, kept.version());
    if (!holds(next.id())) {
      List<MasterKey> both = new ArrayList<>(masters);
      both.add(next);
      masters = List.copyOf(both);
    }
    List<Entry> open;
    int keys = 0;
    do {
      List<Entry> all = shelf.all(null, WrappedKey.PREFIX);
      keys = all.size();
      open = new ArrayList<>(all);
      open.removeIf(entry -> wrapped(entry).under(next));
      open.forEach(entry -> rewrap(entry, next));
    } while (!open.isEmpty());
    return keys;
  }

  /** Names the new master key in the store, so that no node makes a key without it from now on. */
  private MasterKey announce(MasterSource source, MasterRecord record, long version) {
    if (record.keys().size() > 1) {
      return announced(source, record);
    }
    MasterKey next = source.create();
    if (record.names(next.id())) {
      throw Failures.conflict("This is the present master key already");
    }
    MasterRecord both = new MasterRecord(List.of(record.current(), next.description()));
    if (!shelf.put(null, MasterRecord.KEY, both.toBytes(), version)) {
      throw Failures.conflict("The master key is being changed elsewhere");
    }
    return next;
  }

  private static MasterKey announced(MasterSource source, MasterRecord record) {
    String expected = record.keys().get(1).id();
    return source.candidates(record).stream()
        .filter(candidate -> candidate.id().equals(expected))
        .findFirst()
        .orElseThrow(() -> Failures.conflict("A rewrap to another master key is not finished yet"));
  }

  private void rewrap(Entry entry, MasterKey next) {
    WrappedKey wrapped = wrapped(entry);
    WrappedKey more = wrapped.with(next, unwrap(wrapped));
    // A lost race is seen by the next pass.
    shelf.put(null, entry.key(), more.toBytes(), entry.version());
  }
}
