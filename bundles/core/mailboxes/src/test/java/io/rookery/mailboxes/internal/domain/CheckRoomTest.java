// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class CheckRoomTest {

  private final CheckRoom room = new CheckRoom();
  private final UUID tenant = UUID.randomUUID();

  @Test
  void aTenantShouldLeaveRoomForOthers() {
    assertThat(room.enter(tenant)).isTrue();
    assertThat(room.enter(tenant)).isTrue();
    assertThat(room.enter(tenant)).isFalse();
    assertThat(room.enter(UUID.randomUUID())).isTrue();

    room.leave(tenant);
    assertThat(room.enter(tenant)).isTrue();
    assertThat(room.enter(tenant)).isFalse();
  }

  @Test
  void thereShouldBeRoomForEightOfAllTenants() {
    for (int i = 0; i < 8; i++) {
      assertThat(room.enter(i == 0 ? tenant : UUID.randomUUID())).isTrue();
    }
    assertThat(room.enter(UUID.randomUUID())).isFalse();
    room.leave(tenant);
    assertThat(room.enter(UUID.randomUUID())).isTrue();
  }
}
