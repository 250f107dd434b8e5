// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.single;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.mime.Mail;
import io.rookery.sending.internal.store.ContentRetention;
import io.rookery.sending.internal.store.MessageStore;
import io.rookery.sending.internal.store.SendingQueries;
import io.rookery.sending.internal.store.SingleStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ContentSweepTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private final TenantContext context = DATABASE.tenant();

  @Test
  void contentShouldBeKeptForAsLongAsItMayBeSent() throws Exception {
    UUID waits = message("due", null);
    UUID sentJustNow = message("accepted", Duration.ofHours(23));
    UUID sent = message("accepted", Duration.ofHours(25));
    UUID cancelled = message("cancelled", Duration.ofHours(25));
    UUID dead = message("failed", Duration.ofDays(6));
    UUID deadForLong = message("failed", Duration.ofDays(8));

    new ContentSweep(DATABASE.transactions(), Clock.fixed(NOW, ZoneOffset.UTC)).run();

    for (UUID kept : List.of(waits, sentJustNow, dead)) {
      assertThat(parts(kept)).isEqualTo(2);
    }
    for (UUID gone : List.of(sent, cancelled, deadForLong)) {
      assertThat(parts(gone)).isZero();
    }
    assertThat(requeue(deadForLong)).isZero();
    assertThat(requeue(dead)).isEqualTo(1);
  }

  @Test
  void aDeadLetterThatIsBeingRequeuedShouldKeepWhatItSays() throws Exception {
    UUID dead = message("failed", Duration.ofDays(8));
    ContentSweep sweep =
        new ContentSweep(DATABASE.transactions(), Clock.fixed(NOW, ZoneOffset.UTC));

    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              int found = new SendingQueries().requeue(tx, List.of(dead), times()).size();
              assertThat(found).isEqualTo(1);
              await(sweeping(sweep));
              return null;
            });

    sweep.run();
    assertThat(parts(dead)).isEqualTo(2);
  }

  @Test
  void contentThatIsBeingRemovedShouldNotBeRequeued() throws Exception {
    UUID dead = message("failed", Duration.ofDays(8));
    Instant bound = NOW.minus(Duration.ofDays(7));
    AtomicReference<CompletableFuture<Integer>> requeue = new AtomicReference<>();

    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              assertThat(new ContentRetention().remove(tx, bound, bound, 10)).isEqualTo(1);
              requeue.set(CompletableFuture.supplyAsync(() -> requeue(dead)));
              Awaitility.await().until(this::somebodyWaits);
              return null;
            });

    assertThat(requeue.get().get(30, TimeUnit.SECONDS)).isZero();
    assertThat(parts(dead)).isZero();
  }

  private static CompletableFuture<Void> sweeping(ContentSweep sweep) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            sweep.run();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static void await(CompletableFuture<Void> work) {
    work.orTimeout(30, TimeUnit.SECONDS).join();
  }

  private boolean somebodyWaits() throws Exception {
    String sql = "select count(*) from pg_locks where not granted";
    try (Connection owner = DATABASE.owner();
        PreparedStatement select = owner.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1) > 0;
    }
  }

  private UUID message(String state, Duration ago) throws Exception {
    UUID id = Uuids.next();
    Mail.File file = new Mail.File("a", "text/plain", null, new byte[] {1});
    SingleContent content = new SingleContent(null, null, "s", null, "t", Map.of(), List.of(file));
    Single.Sender sender = new Single.Sender(Uuids.next(), "example.com");
    Single single =
        new Single(id, null, "a@x.example", sender, Category.COMMERCIAL, NOW, null, content);
    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              new SingleStore().insert(tx, List.of(single), NOW);
              return null;
            });
    try (Connection owner = DATABASE.owner();
        PreparedStatement update =
            owner.prepareStatement(
                "update tenant.message set state = ?, finished_at = ? where id = ?")) {
      update.setString(1, state);
      update.setObject(2, ago == null ? null : NOW.minus(ago).atOffset(ZoneOffset.UTC));
      update.setObject(3, id);
      update.executeUpdate();
    }
    return id;
  }

  private long parts(UUID id) {
    String sql =
        """
        select (select count(*) from tenant.message_content where id = ?)
             + (select count(*) from tenant.message_file where message_id = ?)
        """;
    return DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
                select.setObject(1, id);
                select.setObject(2, id);
                try (ResultSet row = select.executeQuery()) {
                  row.next();
                  return row.getLong(1);
                }
              }
            });
  }

  private int requeue(UUID id) {
    return DATABASE
        .transactions()
        .call(context, tx -> new SendingQueries().requeue(tx, List.of(id), times()))
        .size();
  }

  private static MessageStore.Shared times() {
    return new MessageStore.Shared(null, null, 0, NOW, NOW.plus(Duration.ofHours(96)));
  }
}
