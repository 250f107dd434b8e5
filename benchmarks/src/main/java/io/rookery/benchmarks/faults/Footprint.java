// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.faults;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What this process holds.
 *
 * @param threads live threads
 * @param sockets open sockets
 * @param heap octets of the heap after collection
 */
public record Footprint(int threads, int sockets, long heap) {

  /** What the runtime itself may take on meanwhile: compiled code's metadata, caches of TLS. */
  private static final long HEAP_TOLERANCE = 8L << 20;

  /** Measures, after garbage was collected. */
  public static Footprint now() throws IOException, InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(200);
    }
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return new Footprint(
        ManagementFactory.getThreadMXBean().getThreadCount(), countSockets(), heap);
  }

  static int countSockets() throws IOException {
    int sockets = 0;
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      for (Path file : files.toList()) {
        sockets += isSocket(file) ? 1 : 0;
      }
    }
    return sockets;
  }

  private static boolean isSocket(Path file) {
    try {
      return Files.readSymbolicLink(file).toString().startsWith("socket:");
    } catch (IOException e) {
      return false; // The listing's own, closed by now.
    }
  }

  /** Returns how many things more than before are held: threads, sockets, megabytes. */
  public int beyond(Footprint before) {
    long heapGrowth = heap - before.heap;
    return Math.max(0, threads - before.threads)
        + Math.max(0, sockets - before.sockets)
        + (heapGrowth > HEAP_TOLERANCE ? (int) (heapGrowth >> 20) : 0);
  }

  @Override
  public String toString() {
    return "%d threads, %d sockets, %.1f MB of heap"
        .formatted(threads, sockets, heap / (double) (1 << 20));
  }
}
