// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.spi.mail.Outcome.Status;
import io.rookery.testkit.mail.ListSource;
import io.rookery.testkit.mail.TestMessages;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections are kept between calls, not for ever. */
@Timeout(60)
class ConnectionReuseTest {

  @Test
  void oneConnectionShouldServeSeveralCalls() throws Exception {
    try (Rig rig = new Rig()) {
      rig.send(TestMessages.some(2));
      rig.send(TestMessages.some(2));
      assertThat(rig.server.connections()).isEqualTo(1);
      assertThat(rig.server.received()).hasSize(4);
    }
  }

  @Test
  void aChangedAccountShouldGetANewConnection() throws Exception {
    try (Rig rig = new Rig()) {
      rig.send(TestMessages.some(1));
      rig.backend.send(
          Accounts.changed(rig.account), new ListSource(TestMessages.some(1)), rig.outcomes);
      assertThat(rig.server.connections()).isEqualTo(2);
      await().until(() -> rig.server.openConnections() == 1);
      rig.send(TestMessages.some(1));
      assertThat(rig.server.connections())
          .as("the older epoch gets none of the newer")
          .isEqualTo(3);
      await().until(() -> rig.server.openConnections() == 1);
    }
  }

  @Test
  void releaseShouldSayGoodBye() throws Exception {
    try (Rig rig = new Rig()) {
      rig.send(TestMessages.some(1));
      rig.backend.release(rig.account.id());
      await().until(() -> rig.server.openConnections() == 0);
      assertThat(rig.server.verbs()).endsWith("QUIT");
    }
  }

  @Test
  void checkShouldSayGoodBye() throws Exception {
    try (Rig rig = new Rig()) {
      rig.backend.check(rig.account);
      await().until(() -> rig.server.openConnections() == 0);
      assertThat(rig.server.verbs()).containsExactly("EHLO", "QUIT");
    }
  }

  @Test
  void aConnectionShouldCarryABoundedNumberOfMessages() throws Exception {
    try (Rig rig = new Rig()) {
      rig.send(TestMessages.some(ConnectionPool.MOST_MESSAGES + 10));
      assertThat(rig.server.connections()).isEqualTo(2);
      assertThat(rig.outcomes.statuses())
          .hasSize(ConnectionPool.MOST_MESSAGES + 10)
          .containsOnly(Status.ACCEPTED);
    }
  }

  @Test
  void aConnectionThatDiedJustNowShouldCostNoDoubt() throws Exception {
    try (Rig rig = new Rig()) {
      rig.send(TestMessages.some(1));
      rig.server.cutAll();
      await().until(() -> rig.server.openConnections() == 0);
      rig.send(TestMessages.some(3));
      assertThat(rig.outcomes.statuses())
          .containsExactly(Status.ACCEPTED, Status.DEFERRED, Status.ACCEPTED, Status.ACCEPTED);
    }
  }

  @Test
  void aConnectionThatDiedWhileIdleShouldBeFoundBeforeTheOffer() throws Exception {
    try (Rig rig = new Rig()) {
      rig.send(TestMessages.some(1));
      rig.server.cutAll();
      long cutAt = System.nanoTime();
      await().until(() -> System.nanoTime() - cutAt > Duration.ofMillis(3100).toNanos());
      rig.send(TestMessages.some(2));
      assertThat(rig.outcomes.statuses()).hasSize(3).containsOnly(Status.ACCEPTED);
    }
  }

  @Test
  void aConnectionThatLivesWhileIdleShouldBeKept() throws Exception {
    try (Rig rig = new Rig()) {
      rig.send(TestMessages.some(1));
      long sentAt = System.nanoTime();
      await().until(() -> System.nanoTime() - sentAt > Duration.ofMillis(3100).toNanos());
      rig.send(TestMessages.some(2));
      assertThat(rig.server.connections()).isEqualTo(1);
      assertThat(rig.server.verbs()).contains("RSET");
    }
  }
}
