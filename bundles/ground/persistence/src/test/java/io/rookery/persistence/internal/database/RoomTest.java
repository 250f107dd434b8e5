// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RoomTest {

  private final AtomicLong nanos = new AtomicLong();
  private final Room room = new Room(nanos::get);

  @Test
  void roomShouldBeBelievedInAgainAWhileAfterTheLastRefusal() {
    assertThat(room.left()).isTrue();
    room.refused();
    assertThat(room.left()).isFalse();
    nanos.addAndGet(Duration.ofSeconds(9).toNanos());
    assertThat(room.left()).isFalse();
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(room.left()).isTrue();
  }
}
