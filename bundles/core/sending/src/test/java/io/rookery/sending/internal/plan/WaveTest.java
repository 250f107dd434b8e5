// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.kernel.Uuids;
import io.rookery.sending.internal.store.MessageStore;
import io.rookery.sending.internal.store.PlanStore.Room;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WaveTest {

  private static final UUID BIG = new UUID(0, 1);
  private static final UUID SMALL = new UUID(0, 2);

  @Test
  void messagesShouldSpreadOverMailboxesByTheirRoom() {
    List<MessageStore.New> messages = wave(200, 300, 100).messages();

    Map<UUID, Long> counts =
        messages.stream()
            .collect(Collectors.groupingBy(MessageStore.New::mailboxId, Collectors.counting()));
    assertThat(counts).containsEntry(BIG, 150L).containsEntry(SMALL, 50L);
    assertThat(messages.subList(0, 4)).extracting(MessageStore.New::mailboxId).contains(SMALL);
  }

  @Test
  void noMailboxShouldGetMoreThanItsRoom() {
    Map<UUID, Long> counts =
        wave(400, 300, 100).messages().stream()
            .collect(Collectors.groupingBy(MessageStore.New::mailboxId, Collectors.counting()));

    assertThat(counts).containsEntry(BIG, 300L).containsEntry(SMALL, 100L);
  }

  @Test
  void aMailboxWhoseMailsBounceShouldGetFewerAndStillSome() {
    List<Room> rooms =
        List.of(new Room(BIG, "a.example", 300, 0.1), new Room(SMALL, "b.example", 300));
    List<UUID> waiting = Stream.generate(Uuids::next).limit(220).toList();

    Map<UUID, Long> counts = counts(new Wave(rooms, waiting));
    assertThat(counts).containsEntry(BIG, 20L).containsEntry(SMALL, 200L);
  }

  @Test
  void allRoomShouldBeUsedWhateverTheHealth() {
    List<Room> rooms =
        List.of(new Room(BIG, "a.example", 300, 0.1), new Room(SMALL, "b.example", 100));
    List<UUID> waiting = Stream.generate(Uuids::next).limit(400).toList();

    Map<UUID, Long> counts = counts(new Wave(rooms, waiting));
    assertThat(counts).containsEntry(BIG, 300L).containsEntry(SMALL, 100L);
  }

  private static Map<UUID, Long> counts(Wave wave) {
    return wave.messages().stream()
        .collect(Collectors.groupingBy(MessageStore.New::mailboxId, Collectors.counting()));
  }

  private static Wave wave(int recipients, long big, long small) {
    List<Room> rooms =
        List.of(new Room(BIG, "a.example", big), new Room(SMALL, "b.example", small));
    List<UUID> waiting = Stream.generate(Uuids::next).limit(recipients).toList();
    return new Wave(rooms, waiting);
  }
}
