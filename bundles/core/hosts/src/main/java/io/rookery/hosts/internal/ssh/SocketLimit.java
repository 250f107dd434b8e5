// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.ssh;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a socket when it has been used for so long, whatever whoever is at its other end does: a
 * time-out of a socket is of one read, and writes have none. Who reads or writes then fails. Closed
 * by whoever was done in time.
 */
public final class SocketLimit implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SocketLimit.class);

  private final Future<?> end;

  private SocketLimit(Future<?> end) {
    this.end = end;
  }

  /**
   * Begins to count.
   *
   * @throws IOException where the timer takes nothing any more
   */
  public static SocketLimit of(ScheduledExecutorService timer, Socket socket, Duration longest)
      throws IOException {
    try {
      return new SocketLimit(
          timer.schedule(() -> end(socket), longest.toMillis(), TimeUnit.MILLISECONDS));
    } catch (RejectedExecutionException e) {
      throw new IOException("No connection is begun any more", e);
    }
  }

  /** Returns a timer of one thread that keeps nothing of limits that were not reached. */
  public static ScheduledExecutorService timer(ThreadFactory threads) {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, threads);
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private static void end(Socket socket) {
    try {
      LOG.info("A connection to {} is ended as it takes too long", socket.getInetAddress());
      socket.close();
    } catch (IOException e) {
      LOG.debug("A connection did not close well: {}", e.toString());
    }
  }

  @Override
  public void close() {
    end.cancel(false);
  }
}
