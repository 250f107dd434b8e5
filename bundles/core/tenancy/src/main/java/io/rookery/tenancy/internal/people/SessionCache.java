// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.people.SessionAuthenticator.SignedIn;
import io.rookery.persistence.Epochs;
import io.rookery.tenancy.internal.auth.BoundedCache;
import io.rookery.tenancy.internal.auth.KeyCache;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Access tokens that were looked up, by their digest. As with keys, an entry holds until the epochs
 * tell that a session or a member of its tenant has changed, or the tenant, and for a minute at
 * most, should a node die between a change and its epoch.
 */
final class SessionCache {

  /** The topic that rises when a session of a tenant has ended or a member has changed. */
  static final String SESSIONS = "sessions";

  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Epochs epochs;
  private final Clock clock;
  private final BoundedCache<ByteBuffer, Entry> entries;

  /** Holds at most about so many tokens. */
  SessionCache(Epochs epochs, Clock clock, int size) {
    this.epochs = epochs;
    this.clock = clock;
    this.entries = new BoundedCache<>(size);
  }

  /** The epochs at which a token was read. */
  record Stamp(long sessions, long tenant) {}

  /** A token that was looked up. */
  record Entry(SignedIn person, Instant endsAt, Stamp stamp, Instant loadedAt) {}

  /**
   * Returns an entry that holds, or null.
   *
   * @throws io.rookery.kernel.RookeryException {@code unavailable} where nobody can tell
   */
  Entry get(byte[] digest) {
    ByteBuffer key = ByteBuffer.wrap(digest);
    Entry entry = entries.get(key);
    if (entry == null) {
      return null;
    }
    Instant now = clock.instant();
    if (entry.stamp().equals(stamp(entry.person().caller().tenantId()))
        && now.isBefore(entry.endsAt())
        && now.isBefore(entry.loadedAt().plus(LONGEST))) {
      return entry;
    }
    entries.remove(key);
    return null;
  }

  /** Returns what to bind an entry to; to be asked for before the token is read. */
  Stamp stamp(UUID tenantId) {
    return new Stamp(epochs.current(tenantId, SESSIONS), epochs.current(tenantId, KeyCache.TENANT));
  }

  /** Holds a token that was read after its stamp was taken. */
  void put(byte[] digest, Entry entry) {
    entries.put(ByteBuffer.wrap(digest.clone()), entry);
  }
}
