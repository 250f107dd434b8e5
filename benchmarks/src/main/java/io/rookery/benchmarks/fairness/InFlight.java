// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.fairness;

import io.rookery.benchmarks.ledger.SinkProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Counts several times a second how many messages are at the server and not answered. */
public final class InFlight {

  private final SinkProcess sink;
  private final List<Integer> counts = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "in flight");
  private volatile boolean ended;
  private volatile IOException failure;

  private InFlight(SinkProcess sink) {
    this.sink = sink;
  }

  /** Begins to count. */
  public static InFlight watch(SinkProcess sink) {
    InFlight watch = new InFlight(sink);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  private void run() {
    try {
      while (!ended) {
        counts.add(sink.status().insideData());
        TimeUnit.MILLISECONDS.sleep(200);
      }
    } catch (IOException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the counting and returns all counts. */
  public int[] end() throws IOException, InterruptedException {
    ended = true;
    thread.join();
    if (failure != null) {
      throw failure;
    }
    return counts.stream().mapToInt(Integer::intValue).toArray();
  }
}
