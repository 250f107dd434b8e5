// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.mailboxes.AutomaticPause;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.mailboxes.PauseCause;
import io.rookery.api.mailboxes.SendingPauses;
import io.rookery.events.Event;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.Fake;
import io.rookery.sending.internal.MovableClock;
import io.rookery.sending.internal.store.HealthStore;
import io.rookery.sending.internal.store.MessageStore;
import io.rookery.sending.internal.store.MessageStore.New;
import io.rookery.sending.internal.store.MessageStore.Shared;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HealthReaderTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private final MovableClock clock = new MovableClock(Instant.parse("2026-03-31T12:10:00Z"));
  private final TenantContext context = DATABASE.tenant();
  private final List<String> paused = new ArrayList<>();
  private final HealthReader reader = new HealthReader(mailboxes(), pauses(), clock);
  private final UUID ann = Uuids.next();
  private final UUID bob = Uuids.next();
  private final UUID eve = Uuids.next();
  private boolean broken;

  @BeforeEach
  void mailboxesAreThere() throws SQLException {
    counted("mailbox", ann.toString(), null, null);
    counted("mailbox", bob.toString(), null, null);
    counted("mailbox", eve.toString(), null, null);
  }

  @Test
  void theThirdComplaintInAThousandShouldPauseAndNothingBefore() {
    List<UUID> sent = messages(ann, "a.example", 1000);
    accepted(sent);
    complained(sent.subList(0, 2));
    assertThat(paused).isEmpty();

    complained(sent.subList(2, 3));
    assertThat(paused)
        .containsExactly(
            "tenant COMPLAINTS 3/1000",
            "domain a.example COMPLAINTS 3/1000",
            "mailbox " + ann + " COMPLAINTS 3/1000");
  }

  @Test
  void theThousandthMessageShouldPauseWhereThreeHaveComplained() {
    List<UUID> sent = messages(ann, "a.example", 1000);
    accepted(sent.subList(0, 999));
    complained(sent.subList(0, 3));
    assertThat(paused).isEmpty();

    accepted(sent.subList(999, 1000));
    assertThat(paused).contains("mailbox " + ann + " COMPLAINTS 3/1000");
  }

  @Test
  void bouncesShouldBeFoundAtTheirPlaceInTheMiddleOfABlock() {
    List<UUID> sent = messages(ann, "a.example", 400);
    failed(sent.subList(0, 11));
    List<Event> block = new ArrayList<>();
    sent.subList(0, 11).forEach(id -> block.add(bounce(id, "5.1.1")));
    // From the 220th message on eleven are 5 % exactly, and too few again; judged in the end alone
    // this block would pass.
    sent.subList(11, 400).forEach(id -> block.add(event("message.accepted", id, Map.of())));
    apply(block);
    assertThat(paused).contains("mailbox " + ann + " BOUNCES 11/200").hasSize(3);
  }

  @Test
  void refusalsOfContentAndOfPolicyShouldCountAsSentAlone() {
    List<UUID> sent = messages(ann, "a.example", 300);
    failed(sent);
    apply(sent.subList(0, 289).stream().map(id -> bounce(id, "5.7.1")).toList());
    apply(sent.subList(289, 300).stream().map(id -> bounce(id, "5.1.1")).toList());
    assertThat(paused).isEmpty();
    assertThat(counts(Subject.mailbox(ann))).isEqualTo(new Counts(300, 11, 0));
  }

  @Test
  void aMessageThatBouncesAfterItWasTakenShouldBeSentOnce() {
    List<UUID> sent = messages(ann, "a.example", 200);
    accepted(sent);
    apply(sent.subList(0, 10).stream().map(id -> bounce(id, "5.1.1")).toList());
    assertThat(paused).isEmpty();
    apply(List.of(bounce(sent.get(10), "5.1.1")));
    assertThat(paused).contains("mailbox " + ann + " BOUNCES 11/200");
  }

  @Test
  void theMailboxesOfADomainShouldBeCountedTogetherAndThoseOfOthersApart() {
    List<UUID> one = messages(ann, "a.example", 500);
    List<UUID> two = messages(bob, "A.example", 500);
    List<UUID> other = messages(eve, "b.example", 5000);
    accepted(other);
    accepted(one);
    accepted(two);
    complained(one.subList(0, 1));
    complained(two.subList(0, 2));
    assertThat(paused).containsExactly("domain a.example COMPLAINTS 3/1000");
  }

  @Test
  void theTenantShouldBePausedWhereNoneOfItsDomainsIs() {
    List<UUID> one = messages(ann, "a.example", 150);
    List<UUID> two = messages(eve, "b.example", 150);
    accepted(one);
    accepted(two);
    apply(one.subList(0, 8).stream().map(id -> bounce(id, "5.1.1")).toList());
    apply(two.subList(0, 8).stream().map(id -> bounce(id, "5.1.1")).toList());
    assertThat(paused).containsExactly("tenant BOUNCES 16/300");
  }

  @Test
  void whatIsPausedForItsMailsShouldNotBeJudgedAndWhatAPersonPausedShould() throws Exception {
    counted("tenant", "", null, "bounces");
    counted("domain", "a.example", null, "person");
    List<UUID> sent = messages(ann, "a.example", 200);
    accepted(sent);
    apply(sent.subList(0, 11).stream().map(id -> bounce(id, "5.1.1")).toList());
    assertThat(paused)
        .containsExactly("domain a.example BOUNCES 11/200", "mailbox " + ann + " BOUNCES 11/200");
  }

  @Test
  void whatCameBeforeTheEndOfThePauseShouldNotPauseAgain() throws Exception {
    List<UUID> sent = messages(ann, "a.example", 400);
    accepted(sent);
    apply(sent.subList(0, 11).stream().map(id -> bounce(id, "5.1.1")).toList());
    paused.clear();
    clock.move(Duration.ofMinutes(10));
    counted("mailbox", ann.toString(), clock.instant(), null);
    counted("domain", "a.example", clock.instant(), null);
    counted("tenant", "", clock.instant(), null);

    List<UUID> more = messages(ann, "a.example", 200);
    accepted(more.subList(0, 199));
    apply(more.subList(0, 11).stream().map(id -> bounce(id, "5.1.1")).toList());
    assertThat(paused).isEmpty();
    accepted(more.subList(199, 200));
    assertThat(paused).contains("mailbox " + ann + " BOUNCES 11/200").hasSize(3);
  }

  @Test
  void oldEventsShouldBeCountedAndJudgeNobodyByThemselves() {
    List<UUID> sent = messages(ann, "a.example", 250);
    accepted(sent.subList(0, 240));
    List<Event> bounces = sent.subList(0, 13).stream().map(id -> bounce(id, "5.1.1")).toList();
    clock.move(Duration.ofHours(2));
    apply(bounces);
    assertThat(paused).isEmpty();

    accepted(sent.subList(240, 241));
    assertThat(paused).contains("mailbox " + ann + " BOUNCES 13/241");
  }

  @Test
  void eventsOlderThanTheWidestWindowAndOfUnknownMessagesShouldBeLeftOut() {
    List<UUID> sent = messages(ann, "a.example", 3);
    List<Event> old = sent.stream().map(id -> event("message.accepted", id, Map.of())).toList();
    clock.move(Duration.ofDays(30));
    apply(old);
    apply(List.of(event("message.complained", Uuids.next(), Map.of())));
    assertThat(counts(Subject.TENANT)).isEqualTo(Counts.NONE);
  }

  /** The reader's contract gives the same events again after a failure; none may count twice. */
  @Test
  void whatFailsShouldLeaveNoCounts() {
    List<UUID> sent = messages(ann, "a.example", 200);
    accepted(sent);
    broken = true;
    List<Event> bounces = sent.subList(0, 11).stream().map(id -> bounce(id, "5.1.1")).toList();
    assertThatThrownBy(() -> apply(bounces)).hasRootCauseMessage("broken");
    assertThat(counts(Subject.mailbox(ann))).isEqualTo(new Counts(200, 0, 0));

    broken = false;
    apply(bounces);
    assertThat(counts(Subject.mailbox(ann))).isEqualTo(new Counts(200, 11, 0));
    assertThat(paused).contains("mailbox " + ann + " BOUNCES 11/200");
    assertThat(reader.samples()).allMatch(sample -> sample.value() == 1);
  }

  @Test
  void whatNoWindowReachesAnyMoreShouldBeSwept() throws Exception {
    accepted(messages(ann, "a.example", 5));
    HealthSweep sweep = new HealthSweep(DATABASE.transactions(), clock);
    clock.move(Duration.ofDays(31).minusMinutes(10));
    sweep.run();
    assertThat(counts(Subject.TENANT)).isEqualTo(new Counts(5, 0, 0));
    clock.move(Duration.ofHours(1));
    sweep.run();
    assertThat(counts(Subject.TENANT)).isEqualTo(Counts.NONE);
  }

  private MailboxService mailboxes() {
    return Fake.of(
        MailboxService.class,
        Map.of("pauseAutomatically", it -> pause("mailbox " + it[1], (AutomaticPause) it[2])));
  }

  private SendingPauses pauses() {
    return Fake.of(
        SendingPauses.class,
        Map.of(
            "pauseAutomatically",
            it ->
                pause(
                    it[1] == SendingPauses.Scope.TENANT ? "tenant" : "domain " + it[2],
                    (AutomaticPause) it[3])));
  }

  private Optional<Instant> pause(String what, AutomaticPause why) {
    if (broken) {
      throw new IllegalStateException("broken");
    }
    assertThat(why.cause()).isIn(PauseCause.BOUNCES, PauseCause.COMPLAINTS);
    paused.add(what + " " + why.cause() + " " + why.counted() + "/" + why.sent());
    return Optional.of(clock.instant());
  }

  private void counted(String scope, String subject, Instant since, String by) throws SQLException {
    String sql =
        """
        insert into tenant.a_counted values (?, ?, ?, ?, ?::timestamptz, ?)
        on conflict (tenant_id, scope, subject)
        do update set counted_since = excluded.counted_since, paused_by = excluded.paused_by
        """;
    try (Connection owner = DATABASE.owner();
        PreparedStatement insert = owner.prepareStatement(sql)) {
      insert.setObject(1, context.tenantId());
      insert.setObject(2, Uuids.next());
      insert.setString(3, scope);
      insert.setString(4, subject);
      insert.setString(5, since == null ? null : since.toString());
      insert.setString(6, by);
      insert.executeUpdate();
    }
  }

  private List<UUID> messages(UUID mailbox, String host, int count) {
    List<New> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(new New(Uuids.next(), null, "a@b.example", mailbox, host));
    }
    Instant now = clock.instant();
    Shared shared = new Shared(Uuids.next(), Uuids.next(), 5, now, now.plus(Duration.ofDays(1)));
    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              new MessageStore().insert(tx, shared, messages, now);
              return null;
            });
    return messages.stream().map(New::id).toList();
  }

  private void accepted(List<UUID> ids) {
    state(ids, "accepted");
    apply(ids.stream().map(id -> event("message.accepted", id, Map.of())).toList());
  }

  private void complained(List<UUID> ids) {
    apply(ids.stream().map(id -> event("message.complained", id, Map.of())).toList());
  }

  private void failed(List<UUID> ids) {
    state(ids, "failed");
  }

  private void state(List<UUID> ids, String state) {
    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              String sql = "update tenant.message set state = ? where id = any(?)";
              try (var update = tx.connection().prepareStatement(sql)) {
                update.setString(1, state);
                update.setArray(2, tx.connection().createArrayOf("uuid", ids.toArray()));
                return update.executeUpdate();
              }
            });
  }

  private Event bounce(UUID id, String enhanced) {
    Map<String, Object> data = new HashMap<>();
    data.put("code", 550);
    data.put("enhanced_code", enhanced);
    data.put("stage", "recipient");
    return event("message.bounced", id, data);
  }

  private Event event(String type, UUID id, Map<String, Object> data) {
    return new Event(
        Uuids.next(), context.tenantId(), type, id, 1, clock.instant(), "SYSTEM:t", "r", data);
  }

  private void apply(List<Event> events) {
    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              reader.apply(tx, events);
              return null;
            });
  }

  private Counts counts(Subject subject) {
    return DATABASE
        .transactions()
        .call(
            context,
            tx ->
                new HealthStore()
                        .stretches(tx, List.of(subject), Instant.EPOCH)
                        .getOrDefault(subject, Collections.emptyMap())
                        .values()
                        .stream()
                        .reduce(Counts.NONE, Counts::plus));
  }
}
