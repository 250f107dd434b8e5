// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.spi.mail.EmailBackend;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.Version;
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

  private final Map<EmailBackend, Handle> handles = new ConcurrentHashMap<>();
  private final Runnable changed;

  /** Calls back when a backend was added. */
  Backends(Runnable changed) {
    this.changed = changed;
  }

  void add(EmailBackend backend, String name, String version) {
    handles.put(
        backend, new Handle(backend, name, Version.parseVersion(version.replace('-', '.'))));
    LOG.info("Mail backend {} {} is here", name, version);
    changed.run();
  }

  void remove(EmailBackend backend) {
    Handle handle = handles.remove(backend);
    if (handle == null) {
      return;
    }
    boolean empty = handle.drain(DRAIN);
    LOG.info(
        "Mail backend {} {} is gone, {}",
        handle.name,
        handle.version,
        empty ? "drained" : "with calls still inside it, which were interrupted");
  }

  /** Returns the highest version of a name, or empty while none is installed. */
  Optional<Handle> find(String name) {
    return handles.values().stream()
        .filter(handle -> handle.name.equals(name))
        .max(Comparator.comparing(handle -> handle.version));
  }

  /** A backend with the count of calls inside it. */
  static final class Handle {
    private final EmailBackend backend;
    private final String name;
    private final Version version;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Thread, Boolean> inside = new ConcurrentHashMap<>();
    private volatile boolean draining;

    Handle(EmailBackend backend, String name, Version version) {
      this.backend = backend;
      this.name = name;
      this.version = version;
    }

    EmailBackend backend() {
      return backend;
    }

    boolean draining() {
      return draining;
    }

    /** Enters the backend; returns false where it is being taken away. */
    boolean enter() {
      synchronized (this) {
        if (draining) {
          return false;
        }
        calls.incrementAndGet();
        inside.put(Thread.currentThread(), true);
        return true;
      }
    }

    void leave() {
      synchronized (this) {
        inside.remove(Thread.currentThread());
        calls.decrementAndGet();
        notifyAll();
      }
    }

    private boolean drain(Duration wait) {
      long end = System.nanoTime() + wait.toNanos();
      synchronized (this) {
        draining = true;
        while (calls.get() > 0) {
          long left = (end - System.nanoTime()) / 1_000_000;
          if (left <= 0) {
            inside.keySet().forEach(Thread::interrupt);
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
    }
  }
}
