// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rookery.sending.internal.store.PaceStore.Row;
import io.rookery.sending.internal.store.PaceStore.Row.Part;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SharesTest {

  private final UUID here = new UUID(0, 1);
  private final UUID both = new UUID(0, 2);
  private final UUID there = new UUID(0, 3);

  private static Row row(Map<UUID, Part> parts) {
    return new Row("relay", 0, 0, parts);
  }

  @Test
  void aNodeShouldGetWhatItsTenantsWeighAmongAll() {
    Row mine = row(Map.of(here, new Part(2, 1), both, new Part(4, 1)));
    Row other = row(Map.of(there, new Part(1, 5), both, new Part(4, 3)));

    Shares shares = Shares.of(mine, List.of(other));

    // A tenant of weight 4 that has a quarter of its lanes here counts for 1.
    assertThat(shares.parts()).containsEntry(here, 1.0).containsEntry(both, 0.25);
    assertThat(shares.mine()).isCloseTo(3.0 / 7, within(1e-9));
    assertThat(Shares.of(other, List.of(mine)).mine()).isCloseTo(4.0 / 7, within(1e-9));
  }

  @Test
  void aNodeThatIsAloneShouldGetAll() {
    assertThat(Shares.of(row(Map.of(here, new Part(7, 2))), List.of()).mine()).isEqualTo(1);
    assertThat(Shares.of(row(Map.of()), List.of()).mine()).isEqualTo(1);
  }

  @Test
  void aWeightThatNodesKnowDifferentlyShouldCountOnce() {
    Row mine = row(Map.of(both, new Part(2, 1)));
    Row other = row(Map.of(both, new Part(6, 1)));

    assertThat(Shares.of(mine, List.of(other)).mine()).isEqualTo(0.5);
  }
}
