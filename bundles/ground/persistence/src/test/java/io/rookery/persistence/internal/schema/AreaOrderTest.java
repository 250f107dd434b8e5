// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AreaOrderTest {

  @Test
  void coreShouldComeInItsOrderAndOthersAfterItByName() {
    assertThat(
            Stream.of("zoo", "sending", "ant", "contacts", "persistence", "events")
                .sorted(AreaOrder.BY_NAME))
        .containsExactly("persistence", "events", "contacts", "sending", "ant", "zoo");
  }

  @Test
  void areaShouldHaveAPlainName() {
    assertThatThrownBy(() -> new Area("x; drop", List.of(), null))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
