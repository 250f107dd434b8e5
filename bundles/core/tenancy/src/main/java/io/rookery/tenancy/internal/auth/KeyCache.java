// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.auth;

import io.rookery.api.tenancy.AddressRange;
import io.rookery.api.tenancy.Authenticator.Caller;
import io.rookery.persistence.Epochs;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Keys that were looked up, by their digest. An entry holds for as long as neither its tenant's
 * keys nor the tenant have changed, as the epochs tell, and for a minute at most, should a node die
 * between a change and its epoch.
 */
public final class KeyCache {

  /** The topic that rises when a key of a tenant has changed. */
  public static final String KEYS = "api-keys";

  /** The topic that rises when a tenant has changed. */
  public static final String TENANT = "tenant";

  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Epochs epochs;
  private final Clock clock;
  private final BoundedCache<ByteBuffer, Entry> entries;

  /** Holds at most about so many keys. */
  public KeyCache(Epochs epochs, Clock clock, int size) {
    this.epochs = epochs;
    this.clock = clock;
    this.entries = new BoundedCache<>(size);
  }

  /**
   * Returns an entry that holds, or null.
   *
   * @throws io.rookery.kernel.RookeryException {@code unavailable} where nobody can tell
   */
  public Entry get(byte[] digest) {
    ByteBuffer key = ByteBuffer.wrap(digest);
    Entry entry = entries.get(key);
    if (entry == null) {
      return null;
    }
    if (entry.stamp().equals(stamp(entry.caller().tenantId()))
        && clock.instant().isBefore(entry.loadedAt().plus(LONGEST))) {
      return entry;
    }
    entries.remove(key);
    return null;
  }

  /** Returns what to bind an entry to; to be asked for before the key is read. */
  public Stamp stamp(UUID tenantId) {
    return new Stamp(epochs.current(tenantId, KEYS), epochs.current(tenantId, TENANT));
  }

  /** Holds a key that was read after its stamp was taken. */
  public void put(byte[] digest, Entry entry) {
    entries.put(ByteBuffer.wrap(digest.clone()), entry);
  }

  /** The epochs at which a key was read. */
  public record Stamp(long keys, long tenant) {}

  /**
   * A key that was looked up.
   *
   * @param sources the ranges that it may be used from; empty for everywhere
   * @param endsAt when it ends, or null
   */
  public record Entry(
      Caller caller, List<AddressRange> sources, Instant endsAt, Stamp stamp, Instant loadedAt) {

    /** Returns whether the key may be used from an address, which is null where nobody knows. */
    public boolean opensFrom(InetAddress source) {
      return sources.isEmpty()
          || source != null && sources.stream().anyMatch(range -> range.contains(source));
    }
  }
}
