// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.OutboundMessage;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.testkit.mail.ListSource;
import io.rookery.testkit.mail.RecordingOutcomes;
import io.rookery.testkit.mail.TestMessages;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CatchingTest {

  private final BatchStorage storage = new BatchStorage();
  private final SandboxBackend backend = new SandboxBackend(storage, 10_000);
  private final Account account =
      new Account(UUID.randomUUID(), UUID.randomUUID(), "a@b.example", Map.of(), Map.of(), 1);

  private void send(int slots, Iterator<OutboundMessage> messages, int count) throws Exception {
    RecordingOutcomes outcomes = new RecordingOutcomes(slots);
    backend.send(account, messages, outcomes);
    assertThat(outcomes.statuses()).hasSize(count).containsOnly(Status.ACCEPTED);
    assertThat(outcomes.violations()).isEmpty();
    assertThat(backend.list(account.tenantId(), null, 500)).hasSize(count);
  }

  @Test
  void messagesAtHandShouldBeKeptFiftyATime() throws Exception {
    send(64, new ListSource(TestMessages.some(120)), 120);
    assertThat(storage.batches).containsExactly(50, 50, 20);
  }

  @Test
  void aBatchShouldBeKeptWhenTheSlotsRunOut() throws Exception {
    send(3, new ListSource(TestMessages.some(10)), 10);
    assertThat(storage.batches).containsExactly(3, 3, 3, 1);
  }

  @Test
  void aMessageShouldNotWaitForOneThatMayBeLong() throws Exception {
    send(64, List.<OutboundMessage>copyOf(TestMessages.some(3)).iterator(), 3);
    assertThat(storage.batches).containsExactly(1, 1, 1);
  }

  @Test
  void outcomesShouldBeToldOnlyAfterTheirBatchIsKept() throws Exception {
    RecordingOutcomes outcomes = new RecordingOutcomes(4);
    List<Integer> toldBefore = new ArrayList<>();
    storage.beforeAdd = () -> toldBefore.add(outcomes.outcomes().size());
    backend.send(account, new ListSource(TestMessages.some(12)), outcomes);
    assertThat(toldBefore).containsExactly(0, 4, 8);
  }

  @Test
  void messagesThatCannotBeKeptShouldAllBeDeferred() {
    RecordingOutcomes outcomes = new RecordingOutcomes();
    storage.memory.setAvailable(false);
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> backend.send(account, new ListSource(TestMessages.some(7)), outcomes))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(BackendException.Kind.CONNECTION));
    assertThat(outcomes.statuses()).hasSize(7).containsOnly(Status.DEFERRED);
    assertThat(outcomes.violations()).isEmpty();
    storage.memory.setAvailable(true);
    assertThat(backend.list(account.tenantId(), null, 10)).isEmpty();
  }
}
