// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.attack;

import io.rookery.itests.isolation.Call;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Looks at a tenant's rows before and after something that must not change them. */
final class Untouched {

  /** What changes a row by itself once will hardly do so three times in the same moment. */
  private static final int TRIES = 3;

  private static final int LOOKS = 6;
  private static final int PAUSE_MILLIS = 250;

  private final Connection database;

  /** Looks by a connection of the superuser. */
  Untouched(Connection database) {
    this.database = database;
  }

  /** Makes a request of a tenant's, about objects of its own. */
  interface Preparing {
    Call prepare() throws Exception;
  }

  /** Does something with a request that must change nothing. */
  interface Attack {
    void with(Call call) throws Exception;
  }

  /**
   * What came of it.
   *
   * @param call the last request that was prepared
   * @param changed the tables that changed, each time
   */
  record Outcome(Call call, Set<String> changed) {}

  /** Attacks; where a row has changed, attacks what is fresh, to see whether it was the attack. */
  Outcome by(String tenant, Preparing preparing, Attack attack) throws Exception {
    Outcome outcome = new Outcome(null, Set.of());
    for (int i = 0; i < TRIES && (i == 0 || !outcome.changed().isEmpty()); i++) {
      Call call = preparing.prepare();
      Calm before = calm(tenant);
      attack.with(call);
      Set<String> changed = before.rows().changed(Rows.of(database, tenant));
      changed.removeAll(before.restless());
      outcome = new Outcome(call, changed);
    }
    return outcome;
  }

  /** A tenant's rows, and the tables that change by themselves for longer than anybody waits. */
  private record Calm(Rows rows, Set<String> restless) {}

  /** Waits until what the tenant itself has begun, such as a campaign, has come to rest. */
  private Calm calm(String tenant) throws SQLException, InterruptedException {
    Rows rows = Rows.of(database, tenant);
    Set<String> restless = Set.of();
    for (int i = 0; i < LOOKS && (i == 0 || !restless.isEmpty()); i++) {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      Rows later = Rows.of(database, tenant);
      restless = rows.changed(later);
      rows = later;
    }
    return new Calm(rows, restless);
  }
}
