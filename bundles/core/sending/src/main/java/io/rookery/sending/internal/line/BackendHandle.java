// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.api.sending.BackendVersions.Installed;
import io.rookery.spi.mail.EmailBackend;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.osgi.framework.Version;

/**
 * An installed version of a mail backend: the calls inside it, how it does, and what it deferred.
 * Thread-safe.
 */
final class BackendHandle {

  /** After this long a call that tells nothing counts as silent. */
  static final Duration SILENCE = Duration.ofSeconds(30);

  private static final int MOST_DEFERRED = 10_000;

  private final EmailBackend backend;
  private final String name;
  private final String version;
  private final Version order;
  private final Tally tally = new Tally(System::nanoTime);
  private final Set<BackendCall> calls = new HashSet<>();
  private final Deque<Deferred> deferred = new ArrayDeque<>();
  private volatile boolean draining;
  private volatile String problem;

  /** A message that this version deferred. */
  record Deferred(LaneKey lane, UUID messageId) {}

  BackendHandle(EmailBackend backend, String name, String version) {
    this.backend = backend;
    this.name = name;
    this.version = version;
    this.order = order(version);
  }

  /** Returns where a version stands among others. */
  static Version order(String version) {
    // A snapshot's version has a dash where OSGi wants a dot.
    return Version.parseVersion(version.replace('-', '.'));
  }

  EmailBackend backend() {
    return backend;
  }

  String name() {
    return name;
  }

  String version() {
    return version;
  }

  Version order() {
    return order;
  }

  Tally tally() {
    return tally;
  }

  boolean draining() {
    return draining;
  }

  /** Notes what went wrong last, for people. */
  void problem(String what) {
    problem = what;
  }

  /** Enters the backend on this thread; returns null where it is being taken away. */
  synchronized BackendCall enter(LaneKey lane, UUID account) {
    if (draining) {
      return null;
    }
    BackendCall call = new BackendCall(lane, account, Thread.currentThread());
    calls.add(call);
    return call;
  }

  synchronized void leave(BackendCall call) {
    calls.remove(call);
    notifyAll();
  }

  /** Returns how many calls by one of a lane's accounts are inside. */
  synchronized int inside(LaneKey lane, UUID account) {
    return (int)
        calls.stream()
            .filter(call -> call.lane().equals(lane) && call.account().equals(account))
            .count();
  }

  /**
   * Notes a message that was deferred, so that it may be tried again at once by another version.
   */
  synchronized void deferred(LaneKey lane, UUID messageId) {
    if (deferred.size() == MOST_DEFERRED) {
      deferred.removeFirst();
    }
    deferred.addLast(new Deferred(lane, messageId));
  }

  /** Returns by lane what was deferred, and forgets it. */
  synchronized Map<LaneKey, List<UUID>> takeDeferred() {
    Map<LaneKey, List<UUID>> byLane = new HashMap<>();
    deferred.forEach(
        one -> byLane.computeIfAbsent(one.lane(), key -> new ArrayList<>()).add(one.messageId()));
    deferred.clear();
    return byLane;
  }

  /** Admits no more calls. */
  void beginDrain() {
    draining = true;
  }

  /** Waits until no call is inside; returns false where some had to be interrupted in the end. */
  synchronized boolean drain(Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    while (!calls.isEmpty()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        calls.forEach(call -> call.thread().interrupt());
        return false;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  synchronized Installed toInstalled() {
    int silent = (int) calls.stream().filter(call -> call.silentFor(SILENCE)).count();
    return new Installed(
        name, version, calls.size(), silent, tally.accepted(), tally.failed(), problem);
  }
}
