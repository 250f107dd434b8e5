// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.sending.internal.store.DueLanes.DueLane;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LaneChoiceTest {

  private final List<DueLane> waiting = new ArrayList<>();
  private int lanes;

  private static UUID tenant(int number) {
    return new UUID(0, number);
  }

  private void wait(int tenant, int weight, int count) {
    for (int i = 0; i < count; i++) {
      waiting.add(new DueLane(new LaneKey(tenant(tenant), new UUID(1, lanes++)), weight));
    }
  }

  private long among(List<LaneKey> first, int tenant) {
    return first.stream().filter(lane -> lane.tenantId().equals(tenant(tenant))).count();
  }

  @Test
  void aTenantWithAThousandLanesShouldLeavePlacesToOthers() {
    wait(1, 1, 1_000);
    wait(2, 1, 1);
    wait(3, 1, 40);

    List<LaneKey> first = LaneChoice.order(waiting, List.of()).subList(0, 64);

    assertThat(among(first, 2)).isEqualTo(1);
    assertThat(among(first, 3)).isBetween(31L, 32L);
  }

  @Test
  void placesShouldGoByWeight() {
    wait(1, 1, 100);
    wait(2, 3, 100);

    List<LaneKey> first = LaneChoice.order(waiting, List.of()).subList(0, 64);

    assertThat(among(first, 1)).isEqualTo(16);
    assertThat(among(first, 2)).isEqualTo(48);
  }

  @Test
  void whoHasPlacesShouldComeAfterWhoHasNone() {
    wait(1, 1, 10);
    wait(2, 1, 10);
    List<LaneKey> running = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      running.add(new LaneKey(tenant(1), new UUID(2, i)));
    }

    List<LaneKey> order = LaneChoice.order(waiting, running);

    assertThat(among(order.subList(0, 10), 2)).isEqualTo(10);
    assertThat(order).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void ofATenantsLanesTheOneThatIsLongestDueShouldComeFirst() {
    wait(1, 1, 3);
    assertThat(LaneChoice.order(waiting, List.of()))
        .containsExactlyElementsOf(waiting.stream().map(DueLane::key).toList());
    assertThat(LaneChoice.order(List.of(), List.of())).isEmpty();
  }
}
