// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.kernel.Uuids;
import io.rookery.persistence.Leases.Lease;
import io.rookery.persistence.internal.database.Database;
import io.rookery.persistence.test.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LeasesServiceTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas();

  private final AtomicLong skew = new AtomicLong();
  private final Database ownPools = DATABASE.reopened();
  private final LeasesService here =
      new LeasesService(DATABASE.transactions(), ownPools, () -> System.nanoTime() + skew.get());
  private final LeasesService there =
      new LeasesService(DATABASE.transactions(), DATABASE.database(), System::nanoTime);
  private final String name = "lease-" + Uuids.next();

  @AfterEach
  void close() {
    here.close();
    there.close();
    ownPools.close();
  }

  @Test
  void leaseShouldBeHeldByOneNode() {
    Lease lease = here.acquire(name).orElseThrow();
    assertThat(lease.valid()).isTrue();
    assertThat(there.acquire(name)).isEmpty();
    assertThat(here.acquire(name)).isEmpty();
    assertThat(there.acquire(name + "-other")).isPresent();
  }

  @Test
  void closedLeaseShouldBeFreeAtOnceAndTheFenceRise() {
    Lease first = here.acquire(name).orElseThrow();
    first.close();
    first.close();
    assertThat(first.valid()).isFalse();
    Lease second = there.acquire(name).orElseThrow();
    assertThat(second.fence()).isGreaterThan(first.fence());
    first.close();
    assertThat(second.valid()).isTrue();
    assertThat(here.acquire(name)).isEmpty();
  }

  @Test
  void nodesThatRaceShouldNotBothWin() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(8);
    try {
      Callable<Boolean> one = () -> here.acquire(name).isPresent();
      Callable<Boolean> other = () -> there.acquire(name).isPresent();
      int winners = 0;
      for (Future<Boolean> each :
          executor.invokeAll(List.of(one, other, one, other, one, other, one, other))) {
        winners += each.get() ? 1 : 0;
      }
      assertThat(winners).isEqualTo(1);
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void nodeThatStoppedShouldLeaveItsLeasesToOthersAtOnce() {
    Lease lease = here.acquire(name).orElseThrow();
    here.close();
    assertThat(lease.valid()).isFalse();
    assertThat(here.alive()).isFalse();
    assertThat(here.acquire(name)).isEmpty();
    assertThat(there.acquire(name)).isPresent();
  }

  @Test
  void nodeWhoseTermRanOutShouldLoseItsLeases() throws SQLException {
    long before = here.acquire(name).orElseThrow().fence();
    ownPools.close();
    age(here.nodeId(), Duration.ofSeconds(11));
    Lease taken = there.acquire(name).orElseThrow();
    assertThat(taken.fence()).isGreaterThan(before);
  }

  @Test
  void holderShouldStopAtHalfATermWhateverTheDatabaseSays() {
    Lease lease = here.acquire(name).orElseThrow();
    ownPools.close();
    skew.addAndGet(Duration.ofSeconds(5).toNanos());
    assertThat(lease.valid()).isFalse();
    assertThat(here.alive()).isFalse();
    assertThat(there.acquire(name)).isEmpty();
  }

  @Test
  void leaseLostByAPauseShouldStayLostAndBeTakenAnew() {
    Lease lost = here.acquire(name).orElseThrow();
    skew.addAndGet(Duration.ofSeconds(6).toNanos());
    assertThat(lost.valid()).isFalse();
    await().until(here::alive);
    assertThat(lost.valid()).isFalse();
    Lease again = here.acquire(name).orElseThrow();
    assertThat(again.fence()).isGreaterThan(lost.fence());
    assertThat(again.valid()).isTrue();
  }

  @Test
  void nodeThatOthersBuriedShouldBeginANewLife() throws SQLException {
    Lease lost = here.acquire(name).orElseThrow();
    age(here.nodeId(), Duration.ofSeconds(11));
    await().until(() -> !lost.valid());
    await().until(() -> here.acquire(name).isPresent());
  }

  /** Makes a node's heartbeat, and the server, older than they are. */
  private static void age(String node, Duration by) throws SQLException {
    try (Connection owner = DATABASE.owner();
        PreparedStatement view =
            owner.prepareStatement(
                "create or replace view platform.living_node_v1 as select id from platform.node"
                    + " where renewed_at > clock_timestamp() - interval '10 seconds'");
        PreparedStatement age =
            owner.prepareStatement(
                "update platform.node set renewed_at = renewed_at - ? * interval '1 second'"
                    + " where id = ?")) {
      view.execute();
      age.setLong(1, by.toSeconds());
      age.setString(2, node);
      age.executeUpdate();
    }
  }
}
