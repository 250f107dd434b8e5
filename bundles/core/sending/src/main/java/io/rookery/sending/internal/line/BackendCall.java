// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One call inside a mail backend: since when nothing was heard of it, and which messages it was
 * granted and has not answered for. Thread-safe.
 */
final class BackendCall {

  private final LaneKey lane;
  private final UUID account;
  private final Thread thread;
  private final Set<UUID> granted = ConcurrentHashMap.newKeySet();
  private volatile long heardAt = System.nanoTime();
  private volatile boolean withUs;
  private volatile boolean everGranted;

  BackendCall(LaneKey lane, UUID account, Thread thread) {
    this.lane = lane;
    this.account = account;
    this.thread = thread;
  }

  LaneKey lane() {
    return lane;
  }

  /** Returns the account that it sends by: the lane's mailbox or one of its fallbacks. */
  UUID account() {
    return account;
  }

  Thread thread() {
    return thread;
  }

  /**
   * Notes that the call asks us for something, or has its answer: while it waits it is not silent.
   */
  void asks(boolean asking) {
    withUs = asking;
    heardAt = System.nanoTime();
  }

  void granted(UUID messageId) {
    granted.add(messageId);
    everGranted = true;
  }

  void answered(UUID messageId) {
    granted.remove(messageId);
    heardAt = System.nanoTime();
  }

  /** Returns the messages that were granted and not answered for. */
  Set<UUID> unanswered() {
    return Set.copyOf(granted);
  }

  /** Returns whether it was ever granted a message. */
  boolean worked() {
    return everGranted;
  }

  /** Returns whether nothing was heard of it for at least some time. */
  boolean silentFor(Duration time) {
    return !withUs && System.nanoTime() - heardAt >= time.toNanos();
  }
}
