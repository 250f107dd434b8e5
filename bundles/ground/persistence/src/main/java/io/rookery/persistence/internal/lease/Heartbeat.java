// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.lease;

import io.rookery.persistence.internal.database.Database;
import io.rookery.persistence.internal.database.Impatient;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * This node's heartbeat. A life lasts as long as the heartbeat never paused for half a term; when
 * it has, all that was held in that life is lost for good and a new life begins.
 */
final class Heartbeat {

  /** How long others respect a node by database time. */
  static final Duration TERM = Duration.ofSeconds(10);

  private static final long HALF = TERM.toNanos() / 2;

  private final Database database;
  private final String node;
  private final LongSupplier nanos;
  private boolean ended;
  private volatile Pulse pulse = new Pulse(0, null);

  Heartbeat(Database database, String node, LongSupplier nanos) {
    this.database = database;
    this.node = node;
    this.nanos = nanos;
  }

  /** Renews the heartbeat, or begins a new life. */
  synchronized void beat() throws SQLException {
    if (ended) {
      return;
    }
    long asked = nanos.getAsLong();
    boolean broken = !alive();
    try (Connection connection = database.system().getConnection()) {
      Impatient.limit(connection);
      if (broken || !LeaseTable.renew(connection, node)) {
        begin(connection);
        pulse = new Pulse(pulse.life() + 1, asked);
      } else {
        pulse = new Pulse(pulse.life(), asked);
      }
    }
  }

  private void begin(Connection connection) throws SQLException {
    LeaseTable.register(connection, node);
    if (pulse.life() == 0 && database.exclusive()) {
      LeaseTable.forgetOthers(connection, node);
    }
  }

  /** Ends this node's life for good, first here and then for all. */
  synchronized void end() throws SQLException {
    ended = true;
    pulse = new Pulse(pulse.life() + 1, null);
    try (Connection connection = database.system().getConnection()) {
      LeaseTable.unregister(connection, node);
    }
  }

  /** Returns whether the last renewal was asked for less than half a term ago. */
  boolean alive() {
    Long at = pulse.renewedAt();
    return at != null && nanos.getAsLong() - at < HALF;
  }

  /** Returns the number of the present life. */
  long life() {
    return pulse.life();
  }

  private record Pulse(long life, Long renewedAt) {}
}
