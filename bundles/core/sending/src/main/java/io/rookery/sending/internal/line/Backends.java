// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.api.sending.BackendVersions.Installed;
import io.rookery.api.sending.BackendVersions.State;
import io.rookery.sending.internal.version.VersionBook;
import io.rookery.sending.internal.version.VersionChoice;
import io.rookery.spi.mail.EmailBackend;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mail backends that are installed now. Taking one away waits, for a bounded time, until no
 * call is inside it: calls are refused further offers, end what they have begun, and only then does
 * the plugin stop. Thread-safe.
 */
final class Backends {

  private static final Logger LOG = LoggerFactory.getLogger(Backends.class);
  private static final Duration DRAIN = Duration.ofSeconds(10);

  /** A version that stays away for longer was replaced and is not merely being restarted. */
  private static final Duration GONE = Duration.ofSeconds(60);

  private final Map<EmailBackend, BackendHandle> handles = new ConcurrentHashMap<>();
  private final VersionBook book;
  private final Runnable added;
  private final Consumer<BackendHandle> draining;
  private volatile long changedAt = System.nanoTime();

  /** Calls back when a backend was added, and when one begins to drain. */
  Backends(VersionBook book, Runnable added, Consumer<BackendHandle> draining) {
    this.book = book;
    this.added = added;
    this.draining = draining;
  }

  void add(EmailBackend backend, String name, String version) {
    handles.put(backend, new BackendHandle(backend, name, version));
    changedAt = System.nanoTime();
    LOG.info("Mail backend {} {} is here", name, version);
    added.run();
  }

  void remove(EmailBackend backend) {
    BackendHandle handle = handles.remove(backend);
    if (handle == null) {
      return;
    }
    changedAt = System.nanoTime();
    handle.beginDrain();
    draining.accept(handle);
    boolean empty = handle.drain(DRAIN);
    LOG.info(
        "Mail backend {} {} is gone, {}",
        handle.name(),
        handle.version(),
        empty ? "drained" : "with calls still inside it, which were interrupted");
  }

  /**
   * Returns the version of a backend that a tenant is to use, the highest one where that is not
   * installed, or empty while none is.
   */
  Optional<BackendHandle> find(String name, UUID tenantId) {
    String wanted = book.wanted(name, tenantId);
    BackendHandle best = null;
    for (BackendHandle handle : handles.values()) {
      if (handle.name().equals(name)) {
        if (handle.version().equals(wanted)) {
          return Optional.of(handle);
        }
        best = best == null || handle.order().compareTo(best.order()) > 0 ? handle : best;
      }
    }
    return Optional.ofNullable(best);
  }

  private Optional<BackendHandle> installed(String name, String version) {
    return handles.values().stream()
        .filter(handle -> handle.name().equals(name) && handle.version().equals(version))
        .findFirst();
  }

  /** Returns what is installed, by name, of each the highest version first. */
  List<Installed> list() {
    return handles.values().stream()
        .sorted(
            Comparator.comparing(BackendHandle::name)
                .thenComparing(BackendHandle::order, Comparator.reverseOrder()))
        .map(BackendHandle::toInstalled)
        .toList();
  }

  /** Returns the versions that tenants were moved to and have left. */
  List<BackendHandle> left() {
    return handles.values().stream()
        .filter(
            handle ->
                book.choice(handle.name())
                    .filter(choice -> choice.state() == State.RETURNED)
                    .filter(choice -> handle.version().equals(choice.next()))
                    .isPresent())
        .toList();
  }

  /** Leaves versions that fail, and notes which ones are in use. */
  void watch() {
    for (String name : handles.values().stream().map(BackendHandle::name).distinct().toList()) {
      BackendHandle highest = find(name, new UUID(0, 0)).orElse(null);
      VersionChoice choice = book.choice(name).orElse(null);
      if (choice == null) {
        if (highest != null) {
          book.adopt(name, highest.version());
        }
      } else if (choice.state() == State.MOVING) {
        watch(choice);
      } else if (highest != null) {
        succeed(choice, highest);
      }
    }
  }

  private void watch(VersionChoice choice) {
    BackendHandle next = installed(choice.backend(), choice.next()).orElse(null);
    if (next == null) {
      return;
    }
    if (installed(choice.backend(), choice.current()).isEmpty()) {
      if (choice.everybody() && settledFor(GONE)) {
        book.succeed(choice.backend(), choice.next());
      }
      return;
    }
    String failing = next.tally().failingAbove(choice.returnAbove());
    if (failing != null) {
      LOG.warn(
          "Mail backend {} {} fails; its tenants go back to {}: {}",
          choice.backend(),
          choice.next(),
          choice.current(),
          failing);
      book.giveBack(choice.backend(), choice.next(), failing);
    }
  }

  /**
   * A version that is gone is not waited for for ever: soon where a higher one has replaced it,
   * later where only a lower one is left, as nodes may differ by a version for a while.
   */
  private void succeed(VersionChoice choice, BackendHandle highest) {
    if (installed(choice.backend(), choice.current()).isPresent()) {
      return;
    }
    boolean higher = highest.order().compareTo(BackendHandle.order(choice.current())) > 0;
    Duration wait = higher ? GONE : GONE.multipliedBy(10);
    if (settledFor(wait) && choice.changedAt().isBefore(Instant.now().minus(wait))) {
      book.succeed(choice.backend(), highest.version());
    }
  }

  private boolean settledFor(Duration time) {
    return System.nanoTime() - changedAt > time.toNanos();
  }
}
