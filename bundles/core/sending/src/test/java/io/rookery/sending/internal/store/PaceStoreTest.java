// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rookery.kernel.Uuids;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.store.PaceStore.Others;
import io.rookery.sending.internal.store.PaceStore.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PaceStoreTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private final PaceStore store = new PaceStore();

  private static Row row(String relay, double rate) {
    return new Row(relay, rate, 5e6, Map.of(Uuids.next(), new Row.Part(3, 2)));
  }

  private Others exchange(String node, Row... rows) {
    return DATABASE
        .transactions()
        .system(SystemPurpose.PACING, system -> store.exchange(system, node, List.of(rows)));
  }

  private static void age(int seconds) throws SQLException {
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement()) {
      statement.executeUpdate(
          "update platform.sending_pace set updated_at = updated_at - interval '1 second' * "
              + seconds);
    }
  }

  @Test
  void nodesShouldHearOfEachOtherWhatTheyHaveInCommon() throws SQLException {
    Row first = row("common", 1e-7);
    assertThat(exchange("a", first, row("alone", 1)).of("common")).isEmpty();
    exchange("b", row("common", 9), row("elsewhere", 1));
    Row again = row("common", 2e-7);
    exchange("b", again);

    Others others = exchange("a", first);

    assertThat(others.of("common")).containsExactly(again);
    assertThat(others.rows()).containsOnlyKeys("common");
    assertThat(others.nanos() / 1e9).isCloseTo(System.currentTimeMillis() / 1e3, within(60.0));

    age(4);
    assertThat(exchange("a", first).of("common")).isEmpty();
    age(100);
    exchange("a", first);
    DATABASE
        .transactions()
        .system(
            SystemPurpose.PACING,
            system -> {
              store.sweep(system);
              return null;
            });
    assertThat(exchange("b", row("alone", 1)).of("alone")).isEmpty();
    assertThat(exchange("b", row("common", 1)).of("common")).containsExactly(first);
  }
}
