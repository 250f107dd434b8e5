// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.queue;

import static io.rookery.sending.internal.queue.QueueFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.sending.SendingQueue;
import io.rookery.api.sending.SendingQueue.Lane;
import io.rookery.api.sending.SendingQueue.Totals;
import io.rookery.api.sending.SendingQueue.Waiting;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.queue.QueueFixture.Row;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SendingQueueImplTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private final QueueFixture fixture = new QueueFixture(DATABASE);
  private final SendingQueue queue =
      new SendingQueueImpl(DATABASE.transactions(), Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void aLaneShouldTellWhatWaitsAndWhy() throws Exception {
    UUID lane = fixture.lane(NOW.plusSeconds(60), "Its mailbox is paused");
    Instant oldest = NOW.minusSeconds(500);
    fixture.message(Row.of(lane, "due"), NOW.minusSeconds(100));
    fixture.message(Row.of(lane, "due").transactional(), oldest);
    fixture.message(Row.of(lane, "due").transactional(), NOW.plusSeconds(9));
    fixture.message(Row.of(lane, "held"), NOW.minusSeconds(900));
    fixture.message(Row.of(lane, "accepted"), NOW.minusSeconds(10));

    assertThat(queue.lanes(fixture.context, PageRequest.FIRST).items())
        .containsExactly(
            new Lane(
                lane,
                new Waiting(3, 2, 1, oldest),
                NOW.plusSeconds(60),
                null,
                "Its mailbox is paused",
                0,
                0));
  }

  @Test
  void whatNodesNotedLatelyShouldBeAddedUp() throws Exception {
    UUID lane = fixture.lane(NOW, null);
    rate(lane, "one", NOW.minusSeconds(30), 12, 5, NOW.minusSeconds(2));
    rate(lane, "two", NOW.minusSeconds(90), 60, 3, NOW.minusSeconds(15));
    rate(lane, "dead", NOW.minusSeconds(90), 0, 40, NOW.minusSeconds(60));

    Lane shown = queue.lanes(fixture.context, PageRequest.FIRST).items().get(0);
    assertThat(shown.inFlight()).isEqualTo(8);
    assertThat(shown.acceptedLastMinute()).as("half of the minute before counts").isEqualTo(42);
  }

  @Test
  void aTenantShouldBeToldAltogetherAndOfItsOwnAlone() throws Exception {
    UUID one = fixture.lane(NOW.minusSeconds(5), null);
    UUID two = fixture.lane(NOW.plusSeconds(60), "Its mailbox is paused");
    fixture.message(Row.of(one, "due"), NOW);
    fixture.message(Row.of(two, "due").transactional(), NOW);
    fixture.message(Row.of(two, "failed").told(550), NOW);
    fixture.message(Row.of(two, "in_doubt"), NOW);
    QueueFixture other = new QueueFixture(DATABASE);
    other.message(Row.of(other.lane(NOW, null), "due"), NOW);

    assertThat(queue.totals(fixture.context))
        .isEqualTo(new Totals(new Waiting(2, 1, 0, NOW.minusSeconds(5)), 2, 1, 1, 1, one));
    assertThat(queue.lanes(other.context, PageRequest.FIRST).items()).hasSize(1);
    assertThat(queue.totals(DATABASE.tenant()))
        .isEqualTo(new Totals(new Waiting(0, 0, 0, null), 0, 0, 0, 0, null));
  }

  @Test
  void countingShouldEndAtItsBound() throws Exception {
    UUID lane = fixture.lane(NOW, null);
    fixture.execute(
        """
        insert into tenant.message (tenant_id, id, content_id, address, lane_id, host, priority,
          state, due_at, expires_at, attempts, reply_code, created_at)
        select ?, gen_random_uuid(), gen_random_uuid(), 'a@x.example', ?, 'example.com', 5, 'due',
          now(), now(), 0, 0, now() from generate_series(1, ?)
        """,
        lane,
        SendingQueue.COUNTED + 500);

    assertThat(queue.totals(fixture.context).waiting().due()).isEqualTo(SendingQueue.COUNTED);
    assertThat(queue.lanes(fixture.context, PageRequest.FIRST).items().get(0).waiting().due())
        .isEqualTo(SendingQueue.COUNTED);
  }

  @Test
  void lanesShouldComeInPages() throws Exception {
    UUID first = fixture.lane(NOW, null);
    UUID second = fixture.lane(NOW, null);
    fixture.lane(null, null);

    Page<Lane> page = queue.lanes(fixture.context, new PageRequest(1, null));
    assertThat(page.items()).extracting(Lane::mailboxId).containsExactly(first);
    Page<Lane> last = queue.lanes(fixture.context, new PageRequest(1, page.next()));
    assertThat(last.items()).extracting(Lane::mailboxId).containsExactly(second);
    assertThat(last.next()).as("a lane that holds nothing is not shown").isNull();
  }

  private void rate(UUID lane, String node, Instant in, int accepted, int inFlight, Instant updated)
      throws Exception {
    Instant at = Instant.ofEpochSecond(in.getEpochSecond() / 60 * 60);
    fixture.execute(
        """
        insert into tenant.sending_rate values (?, gen_random_uuid(), ?, 'mailbox', ?, 'live', ?, 60,
          ?, 0, 0, 0, ?, ?)
        """,
        node,
        lane.toString(),
        QueueFixture.time(at),
        accepted,
        inFlight,
        QueueFixture.time(updated));
  }
}
