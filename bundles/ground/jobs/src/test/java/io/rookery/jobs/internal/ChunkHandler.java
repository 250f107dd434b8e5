// SPDX-License-Identifier: Apache-2.0
package io.rookery.jobs.internal;

import io.rookery.jobs.JobHandler;
import io.rookery.jobs.JobRun;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Transactions;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Does jobs of ten chunks, each of which leaves a row behind, and lets a test look on. */
final class ChunkHandler implements JobHandler {

  static final String KIND = "test.chunks";
  static final int CHUNKS = 10;

  /** What a test does before a chunk. */
  interface Before {
    void chunk(int number) throws InterruptedException;
  }

  private final Transactions transactions;
  private final Before before;
  private final List<UUID> cancelled = new CopyOnWriteArrayList<>();
  private final List<JobRun> runs = new CopyOnWriteArrayList<>();

  ChunkHandler(Transactions transactions, Before before) {
    this.transactions = transactions;
    this.before = before;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, ?> run(JobRun run) throws InterruptedException {
    runs.add(run);
    while (next(run) <= CHUNKS) {
      run.check();
      before.chunk(next(run));
      transactions.call(
          run.context(),
          tx -> {
            int chunk = (int) run.checkpoint().getOrDefault("chunk", 0) + 1;
            note(tx, run.subjectId(), chunk);
            run.advance(tx, Map.of("chunk", chunk), chunk, CHUNKS);
            return null;
          });
    }
    return Map.of("chunks", CHUNKS);
  }

  private static int next(JobRun run) {
    return (int) run.checkpoint().getOrDefault("chunk", 0) + 1;
  }

  private static void note(Tx tx, UUID subject, int chunk) throws SQLException {
    try (PreparedStatement statement =
        tx.connection().prepareStatement("insert into chunk values (?, ?, ?)")) {
      statement.setObject(1, tx.context().tenantId());
      statement.setObject(2, subject);
      statement.setInt(3, chunk);
      statement.executeUpdate();
    }
  }

  @Override
  public void cancelled(TenantContext context, UUID subjectId) {
    cancelled.add(subjectId);
  }

  List<UUID> cancelled() {
    return cancelled;
  }

  List<JobRun> runs() {
    return runs;
  }
}
