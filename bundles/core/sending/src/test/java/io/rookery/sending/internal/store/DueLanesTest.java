// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.kernel.Uuids;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.line.LaneKey;
import io.rookery.sending.internal.store.DueLanes.DueLane;
import io.rookery.sending.internal.store.DueLanes.Work;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DueLanesTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final int LIMIT = 100;
  private final DueLanes lanes = new DueLanes();

  @BeforeEach
  void clear() throws SQLException {
    execute("delete from tenant.lane");
  }

  private static void execute(String sql, Object... values) throws SQLException {
    try (Connection owner = DATABASE.owner();
        PreparedStatement statement = owner.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  private static LaneKey lane(UUID tenant, int dueSeconds) throws SQLException {
    LaneKey key = new LaneKey(tenant, Uuids.next());
    execute(
        "insert into tenant.lane (tenant_id, id, due_at, fence) values (?, ?, ?, 0)",
        tenant,
        key.laneId(),
        Rows.at(NOW.plusSeconds(dueSeconds)));
    return key;
  }

  private static void lanes(UUID tenant, int count, int dueSeconds) throws SQLException {
    execute(
        "insert into tenant.lane (tenant_id, id, due_at, fence)"
            + " select ?, gen_random_uuid(), ?, 0 from generate_series(1, ?)",
        tenant,
        Rows.at(NOW.plusSeconds(dueSeconds)),
        count);
  }

  private Work find() {
    return DATABASE
        .transactions()
        .system(
            SystemPurpose.LANES,
            system -> lanes.find(system, DATABASE.leases().nodeId(), NOW, LIMIT));
  }

  private static List<LaneKey> keys(List<DueLane> lanes) {
    return lanes.stream().map(DueLane::key).toList();
  }

  @Test
  void whatIsDueShouldBeFoundLongestDueFirstWithItsTenantsWeight() throws SQLException {
    UUID tenant = Uuids.next();
    execute("insert into tenant.a_tenant values (?, ?, 7)", tenant, tenant);
    LaneKey late = lane(tenant, -5);
    LaneKey early = lane(tenant, -10);
    LaneKey other = lane(Uuids.next(), -1);
    lane(tenant, 5);

    Work work = find();

    assertThat(work.lanes())
        .containsExactly(new DueLane(early, 7), new DueLane(late, 7), new DueLane(other, 1));
    assertThat(work.all()).isEqualTo(3);
    assertThat(work.urgent()).isEmpty();
  }

  @Test
  void aTenantsThousandsOfLanesShouldHideNobodyElses() throws SQLException {
    Set<LaneKey> small = new HashSet<>();
    lanes(Uuids.next(), 5_000, -1_000);
    for (int i = 0; i < 100; i++) {
      small.add(lane(Uuids.next(), -1));
    }
    lanes(Uuids.next(), 5_000, -1_000);

    Set<LaneKey> seen = new HashSet<>();
    for (int look = 0; look < 3; look++) {
      List<LaneKey> found = keys(find().lanes());
      assertThat(found).hasSizeLessThan(64 * LIMIT + LIMIT).doesNotHaveDuplicates();
      seen.addAll(found);
    }

    assertThat(seen).containsAll(small);
  }

  @Test
  void lanesOfALivingNodeShouldBeLeftAloneAndThoseOfADeadOneTaken() throws SQLException {
    List<LaneKey> lanes = new ArrayList<>();
    for (String owner :
        List.of(DATABASE.anotherNode().nodeId(), "dead", DATABASE.leases().nodeId())) {
      LaneKey lane = lane(Uuids.next(), -1);
      execute("update tenant.lane set owner = ? where id = ?", owner, lane.laneId());
      lanes.add(lane);
    }

    Work work = find();

    assertThat(keys(work.lanes())).containsExactlyInAnyOrder(lanes.get(1), lanes.get(2));
    assertThat(work.all()).isEqualTo(3);
    assertThat(work.nodes()).isEqualTo(2);
    assertThat(work.share()).isEqualTo(2);
  }

  @Test
  void whatIsUrgentShouldBeFoundBesideOnceItsTimeHasCome() throws SQLException {
    LaneKey now = lane(Uuids.next(), -1);
    LaneKey later = lane(Uuids.next(), -1);
    execute("update tenant.lane set urgent_at = ?", Rows.at(NOW.plusSeconds(60)));
    execute("update tenant.lane set urgent_at = ? where id = ?", Rows.at(NOW), now.laneId());

    assertThat(keys(find().urgent())).containsExactly(now).doesNotContain(later);
  }
}
