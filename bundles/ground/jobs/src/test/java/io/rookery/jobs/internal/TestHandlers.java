// SPDX-License-Identifier: Apache-2.0
package io.rookery.jobs.internal;

import io.rookery.jobs.JobHandler;
import io.rookery.jobs.JobRun;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Handlers for tests. */
final class TestHandlers {

  private TestHandlers() {}

  interface Work {
    Map<String, ?> run(JobRun run);
  }

  static JobHandler handler(String kind, Work work) {
    return new JobHandler() {
      @Override
      public String kind() {
        return kind;
      }

      @Override
      public Map<String, ?> run(JobRun run) {
        return work.run(run);
      }
    };
  }

  static JobHandler ending(ChunkHandler handler, CountDownLatch ended) {
    return new JobHandler() {
      @Override
      public String kind() {
        return handler.kind();
      }

      @Override
      public Map<String, ?> run(JobRun run) throws InterruptedException {
        try {
          return handler.run(run);
        } finally {
          ended.countDown();
        }
      }
    };
  }
}
