// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.auth;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A cache in two generations: when the young one is full it becomes the old one and what was old is
 * forgotten, unless it was asked for in between. Reading takes no lock.
 */
public final class BoundedCache<K, V> {

  private final int half;
  private volatile Map<K, V> young = new ConcurrentHashMap<>();
  private volatile Map<K, V> old = Map.of();

  /** Holds at most about so many entries. */
  public BoundedCache(int size) {
    if (size < 2) {
      throw new IllegalArgumentException("A cache holds at least two entries");
    }
    this.half = size / 2;
  }

  /** Returns what is held for a key, or null. */
  public V get(K key) {
    V value = young.get(key);
    if (value != null) {
      return value;
    }
    value = old.get(key);
    if (value != null) {
      put(key, value);
    }
    return value;
  }

  /** Holds a value. */
  public void put(K key, V value) {
    young.put(key, value);
    if (young.size() > half) {
      turn();
    }
  }

  private synchronized void turn() {
    if (young.size() > half) {
      old = young;
      young = new ConcurrentHashMap<>();
    }
  }

  /** Forgets a key. */
  public void remove(K key) {
    young.remove(key);
    if (old.containsKey(key)) {
      old.remove(key);
    }
  }

  /** Returns how many entries are held. */
  public int size() {
    return young.size() + old.size();
  }
}
