// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.campaigns.Campaign;
import io.rookery.api.campaigns.CampaignData;
import io.rookery.api.campaigns.CampaignService;
import io.rookery.api.sending.SendingService.Progress;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.Fake;
import io.rookery.sending.internal.store.SendingQueries;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PlanJobTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private static final UUID LIST = UUID.fromString("00000000-0000-7000-8000-0000000000aa");

  private final TenantContext context = DATABASE.tenant();
  private final UUID mailbox = Uuids.next();
  private final UUID campaignId = Uuids.next();
  private Campaign.State state = Campaign.State.RUNNING;
  private int completions;

  @Test
  void everyContactShouldBecomeARecipientAndAMessageOnce() throws Exception {
    contacts(300, 20);
    room(10_000);

    Map<String, ?> result = plan().run(new FakeRun(context, campaignId));

    assertThat(result).isEqualTo(Map.of("chosen", 320L, "messages", 300L));
    assertThat(progress().planned()).isEqualTo(320);
    assertThat(progress().suppressed()).isEqualTo(20);
    assertThat(progress().waiting()).isEqualTo(300);
    assertThat(progress().planning()).isFalse();
    assertThat(lanes()).isEqualTo(1);
  }

  @Test
  void aRunThatDiesShouldGoOnWithoutDoublingAnybody() throws Exception {
    contacts(25_000, 0);
    room(100_000);
    FakeRun dying = new FakeRun(context, campaignId).dyingAfter(1);
    assertThatThrownBy(() -> plan().run(dying)).isInstanceOf(RuntimeException.class);
    assertThat(progress().planned()).isEqualTo(10_000);
    assertThat(count("select count(*) from tenant.message"))
        .as("those of the first chunk do not wait for the others")
        .isEqualTo(10_000);

    plan().run(dying.resumed());
    plan().run(dying.resumed());

    assertThat(progress().planned()).isEqualTo(25_000);
    assertThat(progress().waiting()).isEqualTo(25_000);
    assertThat(count("select count(distinct contact_id) from tenant.message")).isEqualTo(25_000);
    assertThat(count("select count(*) from tenant.message")).isEqualTo(25_000);
  }

  @Test
  void messagesShouldExistOnlyForWhatTheMailboxHasRoomFor() throws Exception {
    contacts(100, 0);
    room(30);

    plan().run(new FakeRun(context, campaignId));
    assertThat(count("select count(*) from tenant.message")).isEqualTo(30);
    assertThat(progress().waiting()).isEqualTo(100);
    assertThat(plan().wave(context, campaignId)).isZero();

    execute("update tenant.a_mailbox set daily_limit = 80 where tenant_id = ?");
    assertThat(plan().wave(context, campaignId)).isEqualTo(50);
    assertThat(completions).isZero();
  }

  @Test
  void aRampShouldBoundTheMessagesThatExist() throws Exception {
    contacts(100, 0);
    room(80);
    execute(
        """
        update tenant.a_mailbox set ramp_from = 10, ramp_to = 500, ramp_days = 42,
          ramp_started_at = now() - interval '30 hours' where tenant_id = ?
        """);

    plan().run(new FakeRun(context, campaignId));
    assertThat(count("select count(*) from tenant.message")).isEqualTo(12);
  }

  @Test
  void aCampaignWithNothingLeftShouldBeCompletedOnce() throws Exception {
    contacts(5, 0);
    room(100);
    plan().run(new FakeRun(context, campaignId));
    Completion completion = new Completion(DATABASE.transactions(), campaigns());
    completion.check(context, List.of(campaignId));
    assertThat(completions).isZero();

    execute("update tenant.message set state = 'accepted' where tenant_id = ?");
    completion.check(context, List.of(campaignId));
    completion.check(context, List.of(campaignId));
    assertThat(completions).isEqualTo(1);
  }

  @Test
  void followingAPauseAndACancellationShouldMoveWhatWaits() throws Exception {
    contacts(40, 0);
    room(30);
    plan().run(new FakeRun(context, campaignId));
    FollowJob follow = new FollowJob(DATABASE.transactions(), campaigns(), Clock.systemUTC());

    state = Campaign.State.PAUSED;
    assertThat(follow.run(new FakeRun(context, campaignId)).get("moved")).isEqualTo(30L);
    assertThat(count("select count(*) from tenant.message where state = 'held'")).isEqualTo(30);
    state = Campaign.State.RUNNING;
    follow.run(new FakeRun(context, campaignId));
    assertThat(count("select count(*) from tenant.message where state = 'due'")).isEqualTo(30);
    state = Campaign.State.CANCELLED;
    follow.run(new FakeRun(context, campaignId));
    assertThat(progress().cancelled()).isEqualTo(40);
    assertThat(progress().waiting()).isZero();
  }

  @Test
  void aCampaignOfAnotherTenantShouldShowNothing() throws Exception {
    contacts(5, 0);
    room(100);
    plan().run(new FakeRun(context, campaignId));

    TenantContext other = DATABASE.tenant();
    assertThat(
            DATABASE
                .transactions()
                .call(other, tx -> new SendingQueries().progress(tx, campaignId))
                .planned())
        .isZero();
  }

  private PlanJob plan() {
    return new PlanJob(DATABASE.transactions(), campaigns(), Clock.systemUTC());
  }

  private CampaignService campaigns() {
    return Fake.of(
        CampaignService.class,
        Map.of(
            "get", arguments -> campaign((TenantContext) arguments[0]),
            "complete",
                arguments -> {
                  completions++;
                  return campaign(context);
                }));
  }

  private Campaign campaign(TenantContext asking) {
    if (!asking.tenantId().equals(context.tenantId())) {
      throw RookeryException.notFound("campaign");
    }
    CampaignData data =
        new CampaignData(
            "C", null, List.of(LIST), List.of(mailbox), null, null, null, true, true, null);
    return new Campaign(
        campaignId, data, state, Mode.LIVE, campaignId, Instant.now(), null, null, 1);
  }

  private Progress progress() {
    return DATABASE
        .transactions()
        .call(context, tx -> new SendingQueries().progress(tx, campaignId));
  }

  private long lanes() {
    return count("select count(*) from tenant.lane where due_at is not null");
  }

  private long count(String sql) {
    return DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              try (var statement = tx.connection().createStatement();
                  var rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getLong(1);
              }
            });
  }

  private void contacts(int sendable, int suppressed) throws Exception {
    UUID[] ids = Stream.generate(Uuids::next).limit(sendable + suppressed).toArray(UUID[]::new);
    execute(
        "insert into tenant.a_contact select ?, id, id || '@x.example', n > "
            + sendable
            + " from unnest(?::uuid[]) with ordinality as u(id, n)",
        (Object) ids);
  }

  private void room(int limit) throws Exception {
    execute("insert into tenant.a_mailbox values (?, ?, ?, 0, false)", mailbox, limit);
  }

  private void execute(String sql, Object... values) throws Exception {
    try (Connection owner = DATABASE.owner();
        PreparedStatement statement = owner.prepareStatement(sql)) {
      statement.setObject(1, context.tenantId());
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 2, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
