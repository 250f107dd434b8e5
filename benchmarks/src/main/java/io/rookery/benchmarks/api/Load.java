// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.api;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What some connections came to that sent requests for a while without a pause.
 *
 * @param perSecond requests that succeeded a second, over all connections
 * @param p50 milliseconds that half of them took at most
 * @param p95 milliseconds that 95 of 100 took at most
 * @param refused how many did not succeed
 */
public record Load(double perSecond, double p50, double p95, int refused) {

  /**
   * What is sent. Each connection begins at another place and goes on by their number, so that of
   * as many requests as connections each sends its own.
   *
   * @param server where to
   * @param key the key, or null
   * @param requests which, in turns
   */
  public record Source(URI server, String key, List<Request> requests) {}

  private record Times(long[] nanos, int refused) {}

  /** Sends over so many connections for so long. */
  public static Load of(Source source, int connections, Duration time) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      long begin = System.nanoTime();
      List<Future<Times>> all = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        int first = i;
        all.add(threads.submit(() -> send(source, first, connections, begin + time.toNanos())));
      }
      List<Times> times = new ArrayList<>();
      for (Future<Times> one : all) {
        times.add(one.get());
      }
      return of(times, (System.nanoTime() - begin) / 1e9);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Load of(List<Times> times, double seconds) throws IOException {
    long[] sorted = times.stream().flatMapToLong(t -> Arrays.stream(t.nanos())).sorted().toArray();
    if (sorted.length == 0) {
      throw new IOException("No request succeeded");
    }
    int refused = times.stream().mapToInt(Times::refused).sum();
    return new Load(sorted.length / seconds, at(sorted, 50), at(sorted, 95), refused);
  }

  private static double at(long[] sorted, int percent) {
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
  }

  private static Times send(Source source, int first, int step, long end) throws IOException {
    long[] nanos = new long[1024];
    int size = 0;
    int refused = 0;
    try (Connection connection = new Connection(source.server(), source.key())) {
      for (int i = first; System.nanoTime() < end; i += step) {
        long begin = System.nanoTime();
        int status = connection.send(source.requests().get(i % source.requests().size()));
        if (status / 100 != 2) {
          refused++;
          continue;
        }
        nanos = size == nanos.length ? Arrays.copyOf(nanos, size * 2) : nanos;
        nanos[size++] = System.nanoTime() - begin;
      }
    }
    return new Times(Arrays.copyOf(nanos, size), refused);
  }
}
