// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.queue;

import io.rookery.kernel.Tx;
import io.rookery.sending.internal.line.RetryPolicy;
import io.rookery.sending.internal.store.LaneStore;
import io.rookery.sending.internal.store.MessageStore.Shared;
import io.rookery.sending.internal.store.SendingQueries;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Puts messages into the queue again and makes their lanes due, in one transaction. */
public final class Requeue {

  /** What the log is told once dead letters are in the queue again. */
  public static final String EVENT = "dead_letters.requeued";

  private final SendingQueries queries = new SendingQueries();
  private final LaneStore lanes = new LaneStore();

  /** Requeues those of some messages that may be; returns how many. */
  public int run(Tx tx, List<UUID> ids, Instant now) throws SQLException {
    Shared times = new Shared(null, null, 0, now, now.plus(RetryPolicy.CAMPAIGN));
    List<UUID> found = queries.requeue(tx, ids, times);
    if (!found.isEmpty()) {
      List<UUID> due = found.stream().distinct().toList();
      lanes.makeDue(tx, due, now);
      lanes.makeUrgent(tx, due);
    }
    return found.size();
  }
}
