// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.ssh;

import io.rookery.api.hosts.HostErrors;
import io.rookery.api.hosts.HostKey;
import io.rookery.kernel.RookeryException;
import io.rookery.spi.plugin.Destination;
import io.rookery.spi.plugin.Destination.Protocol;
import io.rookery.spi.plugin.EgressGuard;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Opens connections to hosts. Each is checked by the guard, shows the pinned host key before a
 * credential is sent, and ends with whoever closes it. Thread-safe.
 */
@Component(service = SshDoor.class)
public final class SshDoor {

  private static final int MOST = 16;
  private static final int MOST_TYPES = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Less than what is done by one connection is leased for. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final EgressGuard guard;
  private final Duration patience;
  private final Duration longest;
  private final Map<String, String> types = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor readers =
      new ThreadPoolExecutor(
          0, MOST, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), threads("rookery-ssh-"));
  private final ScheduledExecutorService timer = SocketLimit.timer(threads("rookery-ssh-timer-"));

  /** Connects through the guard. */
  @Activate
  public SshDoor(@Reference EgressGuard guard) {
    this(guard, PATIENCE);
  }

  /**
   * Connects through the guard.
   *
   * @param patience how long each step of signing in may take
   */
  public SshDoor(EgressGuard guard, Duration patience) {
    this(guard, patience, LONGEST);
  }

  /** Connects through the guard for as long as a test likes. */
  SshDoor(EgressGuard guard, Duration patience, Duration longest) {
    this.guard = guard;
    this.patience = patience;
    this.longest = longest;
  }

  private static ThreadFactory threads(String name) {
    AtomicInteger count = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, name + count.incrementAndGet());
      thread.setContextClassLoader(SshDoor.class.getClassLoader());
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Returns the key that a host shows: of the wanted key's kind, or of that which it prefers.
   *
   * @param wanted whose kind to ask for, may be null; where its kind is not known, all are tried
   */
  public HostKey look(SshTarget target, HostKey wanted) {
    if (wanted == null) {
      return shown(target, HostKeys.TYPES.get(0));
    }
    List<String> types = wanted.type() == null ? HostKeys.TYPES : List.of(wanted.type());
    HostKey last = null;
    for (String type : types) {
      HostKey shown = shown(target, type);
      if (shown.fingerprint().equals(wanted.fingerprint())) {
        return shown;
      }
      last = last == null ? shown : last;
    }
    return last;
  }

  private HostKey shown(SshTarget target, String type) {
    try (SshLine line = connect(target)) {
      return line.look(type);
    } catch (IOException e) {
      throw SshFailures.of(target, e);
    }
  }

  /**
   * Signs in.
   *
   * @throws RookeryException one of {@link HostErrors}
   */
  public SshLine signIn(SshTarget target, SshLogin login) {
    HostKey pinned = target.required();
    String type = pinned.type() == null ? type(target, pinned) : pinned.type();
    SshLine line = connect(target);
    try {
      line.signIn(type, login);
      return line;
    } catch (IOException e) {
      line.close();
      throw SshFailures.of(target, e);
    } catch (RuntimeException e) {
      line.close();
      throw e;
    }
  }

  /** Of a key of which only the fingerprint is known, the kind is found out once. */
  private String type(SshTarget target, HostKey pinned) {
    String known = types.get(pinned.fingerprint());
    if (known != null) {
      return known;
    }
    HostKey shown = look(target, pinned);
    if (shown.fingerprint().equals(pinned.fingerprint()) && types.size() < MOST_TYPES) {
      types.put(shown.fingerprint(), shown.type());
    }
    return shown.type();
  }

  private SshLine connect(SshTarget target) {
    try {
      Socket socket =
          guard.connect(new Destination(Protocol.SSH, target.address(), target.port(), patience));
      return new SshLine(target, socket, new SshLine.Means(readers, timer, patience, longest));
    } catch (IOException e) {
      throw SshFailures.of(target, e);
    }
  }

  /** Ends all connections. */
  @Deactivate
  public void close() {
    readers.shutdownNow();
    timer.shutdownNow();
  }
}
