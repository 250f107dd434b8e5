// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.mailboxes.AutomaticPause;
import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.api.mailboxes.PauseCause;
import io.rookery.api.mailboxes.Ramp;
import io.rookery.events.NewEvent;
import io.rookery.kernel.PageRequest;
import io.rookery.mailboxes.internal.pause.PauseStore;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.test.TestDatabase;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What pauses mailboxes by what was counted, and how they come back. */
class MailboxPausesTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("mailboxes");

  private static final String V9 = "/db/migration/mailboxes/V9__removed_return_no_more.sql";

  private final PauseWorld world = new PauseWorld(DATABASE);

  @Test
  void aMailboxShouldBePausedAndReturnByItselfOnItsMinute() throws Exception {
    Mailbox made = world.make("ann@example.com", null);
    Instant until = world.pause(made, PauseCause.BOUNCES).orElseThrow();

    Mailbox paused = world.get(made);
    assertThat(until).isEqualTo(world.clock.instant().plus(Duration.ofHours(24)));
    assertThat(paused.pausedReason()).isEqualTo("60 of 1000 mails bounced, more than 5 %");
    assertThat(paused.pausedBy()).isEqualTo(PauseCause.BOUNCES);
    assertThat(paused.pausedUntil()).isEqualTo(until);
    assertThat(world.heldBy(made.id())).isEqualTo("mailbox");

    world.clock.move(Duration.ofHours(24).minusMillis(1));
    world.returns.run();
    assertThat(world.get(made)).isEqualTo(paused);
    world.clock.move(Duration.ofMillis(1));
    world.returns.run();
    Mailbox back = world.get(made);
    assertThat(back.pausedReason()).isNull();
    assertThat(back.pausedBy()).isNull();
    assertThat(back.version()).isEqualTo(paused.version() + 1);
    assertThat(world.heldBy(made.id())).isNull();
    assertThat(world.counted("mailbox", made.id().toString())).isEqualTo(until + " null");
    assertThat(world.types())
        .containsExactly("mailbox.created", "mailbox.paused", "mailbox.resumed");
    NewEvent event = world.events.get(1);
    assertThat(event.data())
        .isEqualTo(
            Map.of(
                "backend",
                "relay",
                "cause",
                "bounces",
                "until",
                until.toString(),
                "sent",
                1000L,
                "counted",
                60L));
    world.returns.run();
    assertThat(world.get(made)).isEqualTo(back);
  }

  @ParameterizedTest
  @CsvSource({"BOUNCES, 24 48 96 192 336 336", "COMPLAINTS, 72 144 288 336 336"})
  void eachPauseWithinThirtyDaysShouldLastTwiceAsLongUpToFourteenDays(
      PauseCause cause, String hours) throws Exception {
    Mailbox made = world.make("ann@example.com", null);
    for (String each : hours.split(" ")) {
      Instant now = world.clock.instant();
      Instant until = world.pause(made, cause).orElseThrow();
      assertThat(Duration.between(now, until)).isEqualTo(Duration.ofHours(Long.parseLong(each)));
      world.clock.move(Duration.between(now, until).plus(Duration.ofDays(2)));
      world.returns.run();
    }
    world.clock.move(Duration.ofDays(30));
    Instant late = world.clock.instant();
    assertThat(Duration.between(late, world.pause(made, PauseCause.BOUNCES).orElseThrow()))
        .isEqualTo(Duration.ofHours(24));
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECTION, 0, 1",
    "CONNECTION, 3, 1",
    "AUTHENTICATION, 0, 1",
    "AUTHENTICATION, 1, 4",
    "AUTHENTICATION, 2, 24",
    "AUTHENTICATION, 9, 24"
  })
  void failuresShouldPauseForHours(PauseCause cause, int repeats, int hours) {
    Mailbox made = world.make("ann@example.com", null);
    Instant until = world.pause(made, AutomaticPause.access(cause, 3, repeats)).orElseThrow();
    assertThat(until).isEqualTo(world.clock.instant().plus(Duration.ofHours(hours)));
    world.mailboxes.resume(world.context, made.id());
    assertThat(world.counted("mailbox", made.id().toString())).isEqualTo("always null");
  }

  @Test
  void theLongerPauseShouldHoldAndAPersonsShouldStay() throws Exception {
    Mailbox made = world.make("ann@example.com", null);
    world.pause(made, AutomaticPause.access(PauseCause.CONNECTION, 3, 0));
    assertThat(world.pause(made, PauseCause.BOUNCES)).isPresent();
    assertThat(world.pause(made, AutomaticPause.access(PauseCause.CONNECTION, 3, 0))).isEmpty();
    assertThat(world.get(made).pausedBy()).isEqualTo(PauseCause.BOUNCES);

    Mailbox taken = world.mailboxes.pause(world.context, made.id(), "Holidays");
    assertThat(taken.pausedBy()).isEqualTo(PauseCause.PERSON);
    assertThat(taken.pausedUntil()).isNull();
    assertThat(world.pause(made, PauseCause.COMPLAINTS)).isEmpty();
    world.clock.move(Duration.ofDays(400));
    world.returns.run();
    assertThat(world.get(made)).isEqualTo(taken);
    assertThat(world.mailboxes.pause(world.context, made.id(), "Again")).isEqualTo(taken);
  }

  @Test
  void aPersonShouldLiftAnyPauseAtOnceAndCountingShouldBeginAnew() {
    Mailbox made = world.make("ann@example.com", null);
    world.pause(made, PauseCause.COMPLAINTS);
    world.clock.move(Duration.ofMinutes(7));

    assertThat(world.mailboxes.resume(world.context, made.id()).pausedBy()).isNull();
    assertThat(world.counted("mailbox", made.id().toString()))
        .isEqualTo(world.clock.instant() + " null");
  }

  /** Else whoever pauses and resumes at nine bounces would never reach the tenth. */
  @Test
  void aPersonsOwnPauseShouldNotBeginCountingAnew() {
    Mailbox made = world.make("ann@example.com", null);
    world.mailboxes.pause(world.context, made.id(), "Testing");
    world.mailboxes.resume(world.context, made.id());
    assertThat(world.counted("mailbox", made.id().toString())).isEqualTo("always null");
  }

  @Test
  void aRampShouldGoOnFromHalfOfItsLimitAfterAPauseForMails() throws Exception {
    Mailbox made = world.make("ann@example.com", Ramp.STANDARD);
    world.clock.move(Duration.ofDays(40));
    assertThat(limit(made)).isEqualTo(400); // The ramp says 455, the mailbox itself 400.
    world.pause(made, PauseCause.BOUNCES);
    world.clock.move(Duration.ofHours(24));
    world.returns.run();

    int day = Ramp.STANDARD.lastDayAtMost(200);
    assertThat(limit(made)).isEqualTo(Ramp.STANDARD.limit(day)).isBetween(180, 200);
    world.clock.move(Duration.ofHours(24));
    assertThat(limit(made)).isEqualTo(Ramp.STANDARD.limit(day + 1));
  }

  @Test
  void aRampAtItsBeginningShouldBeginAgain() throws Exception {
    Mailbox made = world.make("ann@example.com", Ramp.STANDARD);
    world.clock.move(Duration.ofDays(2));
    world.pause(made, PauseCause.BOUNCES);
    world.clock.move(Duration.ofDays(1));
    world.returns.run();
    assertThat(world.get(made).rampStartedAt()).isEqualTo(world.clock.instant());
    assertThat(limit(made)).isEqualTo(10);
  }

  @Test
  void aLevelRampShouldNotEndByAPause() throws Exception {
    Mailbox made = world.make("ann@example.com", new Ramp(10, 10, 30));
    world.clock.move(Duration.ofDays(3));
    world.pause(made, PauseCause.BOUNCES);
    world.clock.move(Duration.ofDays(1));
    world.returns.run();
    world.clock.move(Duration.ofDays(20));
    assertThat(limit(made)).isEqualTo(10);
  }

  @Test
  void aRampThatIsOverShouldHoldAgainAfterAPauseForMails() throws Exception {
    Mailbox made = world.make("ann@example.com", Ramp.STANDARD);
    world.clock.move(Duration.ofDays(100));
    assertThat(world.get(made).limitAt(world.clock.instant()).rampDay()).isNull();
    world.pause(made, PauseCause.BOUNCES);
    world.clock.move(Duration.ofDays(1));
    world.returns.run();
    assertThat(limit(made)).isBetween(180, 200);
  }

  @Test
  void aRampShouldStandStillInOtherPauses() throws Exception {
    Mailbox made = world.make("ann@example.com", Ramp.STANDARD);
    world.clock.move(Duration.ofDays(5));
    world.mailboxes.pause(world.context, made.id(), "Holidays");
    world.clock.move(Duration.ofDays(9));
    Mailbox back = world.mailboxes.resume(world.context, made.id());
    assertThat(back.limitAt(world.clock.instant()).rampDay()).isEqualTo(6);

    world.pause(made, AutomaticPause.access(PauseCause.CONNECTION, 3, 0));
    world.clock.move(Duration.ofHours(1));
    world.returns.run();
    assertThat(world.get(made).rampStartedAt())
        .isEqualTo(back.rampStartedAt().plus(Duration.ofHours(1)));
  }

  @Test
  void aRampShouldBeginWhereItIsChangedAndStayWhereItIsSaidAgain() {
    Mailbox made = world.make("ann@example.com", Ramp.SLOW);
    world.clock.move(Duration.ofDays(3));
    Mailbox same = update(made, change().withRamp(Ramp.SLOW));
    assertThat(same.rampStartedAt()).isEqualTo(made.rampStartedAt());
    assertThat(update(made, change()).ramp()).isEqualTo(Ramp.SLOW);

    Mailbox fast = update(made, change().withRamp(Ramp.FAST));
    assertThat(fast.rampStartedAt()).isEqualTo(world.clock.instant());
    assertThat(world.get(made)).isEqualTo(fast);
    Mailbox none = update(made, change().withRamp(null));
    assertThat(none.ramp()).isNull();
    assertThat(limit(made)).isEqualTo(400);
  }

  @Test
  void aMailboxThatIsGoneShouldBeLeftAlone() {
    Mailbox made = world.make("ann@example.com", null);
    world.mailboxes.pause(world.context, made.id(), null);
    world.mailboxes.delete(world.context, made.id());
    assertThat(world.pause(made, PauseCause.BOUNCES)).isEmpty();
    assertThat(world.counted("mailbox", made.id().toString())).isEqualTo("unknown");
  }

  /** Else its tenant would be looked at each minute for ever. */
  @Test
  void aMailboxThatIsRemovedWhilePausedShouldNotBeDueAnyMore() throws Exception {
    Mailbox made = world.make("ann@example.com", null);
    world.pause(made, PauseCause.BOUNCES);
    world.mailboxes.delete(world.context, made.id());
    world.clock.move(Duration.ofDays(2));

    String returning = " and paused_until is not null and id = '" + made.id() + "'";
    assertThat(count("removed_at is not null" + returning)).isZero();
    assertThat(due()).doesNotContain(world.context.tenantId());
    // As nodes of an older version remove it.
    sql("update tenant.mailbox set paused_until = '2026-01-01Z' where id = '" + made.id() + "'");
    assertThat(due()).doesNotContain(world.context.tenantId());
    try (InputStream file = PauseStore.class.getResourceAsStream(V9);
        var owner = DATABASE.owner();
        var migration = owner.createStatement()) {
      migration.executeUpdate(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
    assertThat(count("removed_at is not null" + returning)).isZero();
  }

  private List<UUID> due() {
    return DATABASE
        .transactions()
        .system(
            SystemPurpose.JOBS,
            system -> new PauseStore().tenantsDue(system, world.clock.instant(), 1000));
  }

  private static int count(String where) throws Exception {
    try (var owner = DATABASE.owner();
        var statement = owner.createStatement();
        var rows = statement.executeQuery("select count(*) from tenant.mailbox where " + where)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** A node of the version before knows the reason alone. */
  @Test
  void aPauseOfAnOlderNodeShouldBeAPersons() throws Exception {
    Mailbox made = world.make("ann@example.com", Ramp.FAST);
    sql("update tenant.mailbox set paused_reason = 'Old' where id = '" + made.id() + "'");
    assertThat(world.get(made).pausedBy()).isEqualTo(PauseCause.PERSON);
    assertThat(world.pause(made, PauseCause.BOUNCES)).isEmpty();
    assertThat(world.mailboxes.resume(world.context, made.id()).pausedBy()).isNull();

    world.pause(made, PauseCause.BOUNCES);
    sql("update tenant.mailbox set paused_reason = null where id = '" + made.id() + "'");
    assertThat(world.get(made).pausedBy()).isNull();
    world.clock.move(Duration.ofDays(2));
    Mailbox before = world.get(made);
    world.returns.run();
    assertThat(world.get(made)).isEqualTo(before);
  }

  private void sql(String sql) throws Exception {
    try (var owner = DATABASE.owner();
        var statement = owner.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isEqualTo(1);
    }
  }

  private static MailboxData change() {
    return new MailboxData(null, null, null, null, null, null, null, null);
  }

  private Mailbox update(Mailbox mailbox, MailboxData data) {
    return world.mailboxes.update(world.context, mailbox.id(), data, 0);
  }

  private int limit(Mailbox mailbox) {
    return world.get(mailbox).limitAt(world.clock.instant()).messages();
  }

  @Test
  void theListShouldShowWhatTheMailboxShows() {
    Mailbox made = world.make("ann@example.com", Ramp.FAST);
    world.pause(made, PauseCause.COMPLAINTS);
    assertThat(world.mailboxes.list(world.context, PageRequest.FIRST).items())
        .isEqualTo(List.of(world.get(made)));
  }
}
