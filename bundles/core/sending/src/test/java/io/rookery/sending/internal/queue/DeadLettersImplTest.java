// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.queue;

import static io.rookery.sending.internal.queue.QueueFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.campaigns.CampaignService;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.sending.DeadLetters;
import io.rookery.api.sending.DeadLetters.Filter;
import io.rookery.api.sending.DeadLetters.Kind;
import io.rookery.api.sending.DeadLetters.Reason;
import io.rookery.api.sending.SendingService.Message;
import io.rookery.events.NewEvent;
import io.rookery.jobs.Job;
import io.rookery.jobs.JobService;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.Fake;
import io.rookery.sending.internal.queue.QueueFixture.Row;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeadLettersImplTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private static final Instant BEFORE = NOW.minusSeconds(60);

  private final QueueFixture fixture = new QueueFixture(DATABASE);
  private final TenantContext context = fixture.context;
  private final UUID lane = Uuids.next();
  private final UUID campaign = Uuids.next();
  private final List<NewEvent> events = new ArrayList<>();
  private final List<Map<String, ?>> submitted = new ArrayList<>();
  private final DeadLetters letters =
      new DeadLettersImpl(
          DATABASE.transactions(),
          Fake.of(CampaignService.class, Map.of("get", arguments -> known(arguments[1]))),
          Fake.of(MailboxService.class, Map.of("get", arguments -> known(arguments[1]))),
          Fake.of(JobService.class, Map.of("submit", this::submit)));

  private Object known(Object id) {
    if (!List.of(campaign, lane).contains(id)) {
      throw RookeryException.notFound("thing");
    }
    return null;
  }

  private Object submit(Object[] arguments) {
    assertThat(arguments[1]).isEqualTo(RequeueJob.KIND);
    @SuppressWarnings("unchecked")
    Map<String, ?> parameters = (Map<String, ?>) arguments[3];
    submitted.add(parameters);
    return new Job(
        Uuids.next(),
        RequeueJob.KIND,
        campaign,
        Job.State.QUEUED,
        0,
        0,
        Map.of(),
        null,
        NOW,
        null,
        null);
  }

  @Test
  void eachPartOfAFilterShouldNarrow() throws Exception {
    UUID wanted = fixture.message(Row.of(lane, "failed").in(campaign).told(550), BEFORE);
    UUID otherCode = fixture.message(Row.of(lane, "failed").in(campaign).told(452), BEFORE);
    UUID otherLane = fixture.message(Row.of(Uuids.next(), "failed").in(campaign), BEFORE);
    UUID otherCampaign = fixture.message(Row.of(lane, "failed").told(550), BEFORE);
    UUID doubtful = fixture.message(Row.of(lane, "in_doubt").in(campaign), BEFORE);
    fixture.message(Row.of(lane, "accepted").in(campaign), BEFORE);

    assertThat(found(Filter.ALL)).containsExactly(otherCampaign, otherLane, otherCode, wanted);
    assertThat(found(new Filter(null, campaign, null, null, null)))
        .containsExactly(otherLane, otherCode, wanted);
    assertThat(found(new Filter(null, campaign, lane, null, null)))
        .containsExactly(otherCode, wanted);
    assertThat(found(new Filter(null, campaign, lane, 550, null))).containsExactly(wanted);
    assertThat(found(new Filter(null, null, null, 550, "5.1.1")))
        .containsExactly(otherCampaign, wanted);
    assertThat(found(new Filter(null, null, null, null, "4.1.1"))).containsExactly(otherCode);
    assertThat(found(new Filter(null, null, null, null, ""))).containsExactly(otherLane);
    assertThat(found(new Filter(Kind.IN_DOUBT, null, null, null, null))).containsExactly(doubtful);
    assertThat(letters.list(DATABASE.tenant(), Filter.ALL, PageRequest.FIRST).items()).isEmpty();
  }

  private List<UUID> found(Filter filter) {
    return letters.list(context, filter, PageRequest.FIRST).items().stream()
        .map(Message::id)
        .toList();
  }

  @Test
  void theyShouldComeInPagesAndATestKeyShouldSeeTestMailAlone() throws Exception {
    UUID older = fixture.message(Row.of(lane, "failed").test(), BEFORE);
    UUID newer = fixture.message(Row.of(lane, "failed"), BEFORE);

    Page<Message> page = letters.list(context, Filter.ALL, new PageRequest(1, null));
    assertThat(page.items()).extracting(Message::id).containsExactly(newer);
    page = letters.list(context, Filter.ALL, new PageRequest(1, page.next()));
    assertThat(page.items()).extracting(Message::id).containsExactly(older);
    assertThat(page.next()).isNull();
    TenantContext test =
        new TenantContext(context.tenantId(), context.actor(), "r", null, Mode.TEST);
    assertThat(letters.list(test, Filter.ALL, PageRequest.FIRST).items())
        .extracting(Message::id)
        .containsExactly(older);
  }

  @Test
  void reasonsShouldBeCountedTheMostFrequentFirst() throws Exception {
    Map<Integer, UUID> newest = new HashMap<>();
    for (int code : new int[] {550, 452, 550, 550, 0}) {
      newest.put(code, fixture.message(Row.of(lane, "failed").told(code), BEFORE));
    }
    newest.put(452, fixture.message(Row.of(Uuids.next(), "failed").told(452), BEFORE));

    assertThat(letters.reasons(context, Filter.ALL))
        .containsExactly(
            new Reason(550, "5.1.1", "said 550", 3, newest.get(550)),
            new Reason(452, "4.1.1", "said 452", 2, newest.get(452)),
            new Reason(0, null, null, 1, newest.get(0)));
    assertThat(letters.reasons(context, new Filter(null, null, lane, null, null)))
        .extracting(Reason::count)
        .containsExactly(3L, 1L, 1L);
  }

  @Test
  void requeueingShouldBecomeOneJobWhoseParametersAreTheFilter() {
    TenantContext keyed = context.with(new IdempotencyKey("k", "f"));
    Filter filter = new Filter(Kind.IN_DOUBT, campaign, lane, 550, "5.1.1");

    UUID job = letters.requeue(keyed, filter);

    assertThat(letters.requeue(keyed, filter)).isEqualTo(job);
    assertThat(submitted).hasSize(1);
    assertThat(FilterJson.read(Map.copyOf(submitted.get(0)))).isEqualTo(filter);
    assertThatThrownBy(
            () -> letters.requeue(context, new Filter(null, Uuids.next(), null, null, null)))
        .isInstanceOf(RookeryException.class);
    assertThatThrownBy(
            () -> letters.requeue(context, new Filter(null, null, Uuids.next(), null, null)))
        .isInstanceOf(RookeryException.class);
  }

  @Test
  void theJobShouldPutBackWhatTheFilterFindsAndTellOnce() throws Exception {
    for (int i = 0; i < 7; i++) {
      fixture.message(Row.of(lane, "failed").in(campaign).told(550), BEFORE);
    }
    UUID other = fixture.message(Row.of(lane, "failed").in(campaign).told(452), BEFORE);
    UUID later = fixture.message(Row.of(lane, "failed").in(campaign).told(550), NOW);
    RequeueRun run = new RequeueRun(context, new Filter(null, campaign, null, 550, null));

    assertThat(job().run(run)).isEqualTo(Map.of("requeued", 7L, "left", 0L));

    assertThat(found(Filter.ALL)).containsExactly(later, other);
    assertThat(due()).isEqualTo(7);
    assertThat(run.done).isEqualTo(7);
    assertThat(run.total).isEqualTo(7);
    assertThat(events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.type()).isEqualTo("dead_letters.requeued");
              assertThat(event.subjectId()).isEqualTo(run.id());
              assertThat(event.data().get("requeued")).isEqualTo(7L);
              assertThat(event.data().get("code")).isEqualTo(550);
            });
    assertThat(job().run(run.again())).isEqualTo(Map.of("requeued", 7L, "left", 0L));
    assertThat(events).as("a run after the end tells nothing twice").hasSize(1);
  }

  @Test
  void whatIsPutBackIntoAPausedCampaignShouldBeHeld() throws Exception {
    UUID id = fixture.message(Row.of(lane, "failed").in(campaign), BEFORE);
    fixture.execute(
        "update tenant.message set contact_id = gen_random_uuid(), address = null"
            + " where tenant_id = ?");
    fixture.execute("insert into tenant.a_campaign values (?, ?, 'paused')", campaign);

    assertThat(job().run(new RequeueRun(context, Filter.ALL)))
        .isEqualTo(Map.of("requeued", 1L, "left", 0L));

    assertThat(due()).isZero();
    assertThat(found(Filter.ALL)).doesNotContain(id);
  }

  @Test
  void aJobWhoseNodeDiedShouldGoOnWhereItWas() throws Exception {
    for (int i = 0; i < 7; i++) {
      fixture.message(Row.of(lane, "failed").in(campaign), BEFORE);
    }
    RequeueRun run = new RequeueRun(context, Filter.ALL);
    run.advancesLeft = 2;
    assertThatThrownBy(() -> job().run(run)).isInstanceOf(RookeryException.class);
    assertThat(due()).as("the chunk in which it died was rolled back").isEqualTo(3);

    assertThat(job().run(run.again())).isEqualTo(Map.of("requeued", 7L, "left", 0L));
    assertThat(due()).isEqualTo(7);
    assertThat(events).hasSize(1);
  }

  private RequeueJob job() {
    return new RequeueJob(
        DATABASE.transactions(),
        (tx, appended) -> events.addAll(appended),
        Clock.fixed(NOW, ZoneOffset.UTC),
        3);
  }

  private long due() {
    return DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              try (PreparedStatement select =
                      tx.connection()
                          .prepareStatement(
                              "select count(*) from tenant.message m join tenant.lane l"
                                  + " on l.id = m.lane_id and l.due_at is not null"
                                  + " where state = 'due' and attempts = 0");
                  ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
              }
            });
  }
}
