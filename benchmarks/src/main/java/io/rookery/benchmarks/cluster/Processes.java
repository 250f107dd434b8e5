// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Ends processes of ours. */
final class Processes {

  private Processes() {}

  /** Kills a process and all below it with SIGKILL; returns once all are dead. */
  static void kill(long pid) throws InterruptedException {
    Optional<ProcessHandle> parent = ProcessHandle.of(pid);
    if (parent.isEmpty()) {
      return;
    }
    List<ProcessHandle> all = new ArrayList<>();
    all.add(parent.get());
    parent.get().descendants().forEach(all::add);
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle each : all) {
      while (each.isAlive()) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
  }
}
