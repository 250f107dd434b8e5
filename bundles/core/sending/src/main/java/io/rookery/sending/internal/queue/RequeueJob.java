// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.queue;

import io.rookery.api.sending.DeadLetters.Filter;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.jobs.JobHandler;
import io.rookery.jobs.JobRun;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.queue.DeadLetterStore.Stretch;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Puts all dead letters of a filter into the queue again, in chunks that survive a kill. Each is
 * looked at once: what dies again while the job runs is not put back for ever.
 */
@Component(
    service = JobHandler.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=sending)"))
public final class RequeueJob implements JobHandler {

  static final String KIND = "sending.requeue";

  private static final int CHUNK = 1000;
  private static final UUID FIRST = new UUID(0, 0);

  private final Transactions transactions;
  private final EventLog events;
  private final Clock clock;
  private final int chunk;
  private final DeadLetterStore store = new DeadLetterStore();
  private final Requeue requeue = new Requeue();

  /** Makes the handler. */
  @Activate
  public RequeueJob(@Reference Transactions transactions, @Reference EventLog events) {
    this(transactions, events, Clock.systemUTC(), CHUNK);
  }

  RequeueJob(Transactions transactions, EventLog events, Clock clock, int chunk) {
    this.transactions = transactions;
    this.events = events;
    this.clock = clock;
    this.chunk = chunk;
  }

  @Override
  public String kind() {
    return KIND;
  }

  /** How far a run is, as its checkpoint holds it. */
  private record Place(Instant before, UUID last, long seen, long requeued, long total) {

    static Place of(Map<String, Object> checkpoint) {
      return new Place(
          Instant.parse((String) checkpoint.get("before")),
          UUID.fromString((String) checkpoint.get("last")),
          number(checkpoint, "seen"),
          number(checkpoint, "requeued"),
          number(checkpoint, "total"));
    }

    private static long number(Map<String, Object> checkpoint, String name) {
      return ((Number) checkpoint.get(name)).longValue();
    }

    Place beyond(List<UUID> ids, int put) {
      return new Place(before, ids.get(ids.size() - 1), seen + ids.size(), requeued + put, total);
    }

    Map<String, Object> toCheckpoint(boolean told) {
      return Map.of(
          "before", before.toString(),
          "last", last.toString(),
          "seen", seen,
          "requeued", requeued,
          "total", total,
          "told", told);
    }
  }

  @Override
  public Map<String, ?> run(JobRun run) {
    Filter filter = FilterJson.read(run.parameters());
    Place place = run.checkpoint().isEmpty() ? begin(run, filter) : Place.of(run.checkpoint());
    boolean told = Boolean.TRUE.equals(run.checkpoint().get("told"));
    while (!told) {
      run.check();
      Place before = place;
      place = transactions.call(run.context(), tx -> step(tx, run, filter, before));
      told = place.last().equals(before.last());
    }
    return Map.of("requeued", place.requeued(), "left", place.seen() - place.requeued());
  }

  private Place begin(JobRun run, Filter filter) {
    Instant now = clock.instant();
    return transactions.call(
        run.context(),
        tx -> {
          Place place = new Place(now, FIRST, 0, 0, store.count(tx, filter, now));
          run.advance(tx, place.toCheckpoint(false), 0, place.total());
          return place;
        });
  }

  /** Does one chunk, or tells the log where none is left. */
  private Place step(Tx tx, JobRun run, Filter filter, Place place) throws SQLException {
    List<UUID> ids = store.next(tx, filter, new Stretch(place.before(), place.last(), chunk));
    Instant now = clock.instant();
    if (ids.isEmpty()) {
      Map<String, Object> data = new HashMap<>(FilterJson.of(filter));
      data.put("requeued", place.requeued());
      events.append(tx, NewEvent.of(Requeue.EVENT, run.id(), now, data));
      run.advance(tx, place.toCheckpoint(true), place.seen(), place.total());
      return place;
    }
    Place after = place.beyond(ids, requeue.run(tx, ids, now));
    run.advance(tx, after.toCheckpoint(false), after.seen(), after.total());
    return after;
  }
}
