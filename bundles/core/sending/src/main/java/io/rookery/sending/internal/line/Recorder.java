// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.Actor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.TxWork;
import io.rookery.sending.internal.store.LaneStore;
import io.rookery.sending.internal.store.OutcomeStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records outcomes. A tenant's outcomes are committed in one transaction once that tenant's last
 * commit has returned: what has arrived until then, or a moment later (see {@link Inbox}), is the
 * block. While the database is away outcomes wait here and nothing is forgotten. Thread-safe.
 */
final class Recorder implements AutoCloseable {

  /** An outcome to record and what to do once it is. */
  record Entry(LaneKey lane, OutcomeStore.Row row, NewEvent event, Runnable recorded) {

    /** Returns this without others' words, which may be what the database refuses. */
    Entry bare() {
      OutcomeStore.Row bare =
          new OutcomeStore.Row(
              row.id(),
              row.state(),
              row.attempts(),
              row.dueAt(),
              row.code(),
              null,
              "What was said could not be recorded",
              null,
              row.at(),
              row.late());
      return new Entry(lane, bare, event, recorded);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
  private static final Duration AGAIN = Duration.ofMillis(200);
  private static final Actor ACTOR = Actor.system("sending");

  private final Transactions transactions;
  private final EventLog events;
  private final OutcomeStore outcomes = new OutcomeStore();
  private final LaneStore lanes = new LaneStore();
  private final Map<UUID, Inbox> inboxes = new ConcurrentHashMap<>();
  private final BlockingQueue<Inbox> ready = new LinkedBlockingQueue<>();
  private final List<Thread> workers = new ArrayList<>();
  private volatile boolean keptPlans;
  private volatile boolean closing;

  Recorder(Transactions transactions, EventLog events, int threads) {
    this.transactions = transactions;
    this.events = events;
    for (int i = 1; i <= threads; i++) {
      Thread worker = new Thread(this::work, "rookery-sending-recorder-" + i);
      worker.setDaemon(true);
      worker.start();
      workers.add(worker);
    }
  }

  /** Says whether the server knows the messages well enough to keep its plans for them. */
  void plansMayBeKept(boolean known) {
    keptPlans = known;
  }

  /** Notes that the outcome of one more message of a tenant is to come. */
  void expect(UUID tenantId) {
    inbox(tenantId).expect();
  }

  /** Takes an outcome; never blocks. */
  void add(Entry entry) {
    Inbox inbox = inbox(entry.lane().tenantId());
    inbox.add(entry);
    offer(inbox);
  }

  private Inbox inbox(UUID tenantId) {
    return inboxes.computeIfAbsent(tenantId, Inbox::new);
  }

  private void offer(Inbox inbox) {
    if (inbox.claim()) {
      ready.add(inbox);
    }
  }

  private void work() {
    while (!closing || !ready.isEmpty()) {
      try {
        Inbox inbox = ready.poll(100, TimeUnit.MILLISECONDS);
        if (inbox != null) {
          empty(inbox);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("A recorder goes on after what must not happen", e);
      }
    }
  }

  private void empty(Inbox inbox) throws InterruptedException {
    try {
      List<Entry> block = inbox.take(() -> closing || !ready.isEmpty());
      if (!block.isEmpty()) {
        untilRecorded(inbox.tenantId(), block);
        block.forEach(entry -> entry.recorded().run());
      }
    } finally {
      inbox.release();
      offer(inbox);
    }
  }

  private void untilRecorded(UUID tenantId, List<Entry> block) throws InterruptedException {
    for (int tries = 0; ; tries++) {
      try {
        record(tenantId, block);
        return;
      } catch (RuntimeException e) {
        if (tries == 0) {
          LOG.warn(
              "{} outcomes wait, as they cannot be recorded now: {}", block.size(), e.toString());
        }
        boolean away = e instanceof RookeryException r && r.code().equals(CommonErrors.UNAVAILABLE);
        if (!away && tries >= 3 && singly(tenantId, block, e)) {
          return;
        }
        TimeUnit.NANOSECONDS.sleep(AGAIN.toNanos());
      }
    }
  }

  /** Records a block that is refused as a whole one by one, so that one outcome stops no other. */
  private boolean singly(UUID tenantId, List<Entry> block, RuntimeException why) {
    LOG.error("A block of outcomes is refused and recorded one by one", why);
    try {
      for (Entry entry : block) {
        one(tenantId, entry);
      }
      return true;
    } catch (RuntimeException e) {
      LOG.error("Outcomes still cannot be recorded", e);
      return false;
    }
  }

  private void one(UUID tenantId, Entry entry) {
    try {
      record(tenantId, List.of(entry));
    } catch (RookeryException e) {
      record(tenantId, List.of(entry.bare()));
    }
  }

  private void record(UUID tenantId, List<Entry> block) {
    // A message can have two entries, one parked and one final; the final one stands.
    Map<UUID, Entry> last = new HashMap<>();
    block.forEach(entry -> last.merge(entry.row().id(), entry, Recorder::later));
    List<OutcomeStore.Row> rows = last.values().stream().map(Entry::row).toList();
    Map<UUID, Instant> due = new HashMap<>();
    for (Entry entry : last.values()) {
      if (entry.row().dueAt() != null) {
        due.merge(entry.lane().laneId(), entry.row().dueAt(), (a, b) -> a.isBefore(b) ? a : b);
      }
    }
    TxWork<Void> work =
        tx -> {
          Set<UUID> news = outcomes.record(tx, rows);
          events.append(tx, news.stream().map(id -> last.get(id).event()).toList());
          for (Map.Entry<UUID, Instant> lane : due.entrySet()) {
            lanes.makeDue(tx, List.of(lane.getKey()), lane.getValue());
          }
          return null;
        };
    TenantContext context = TenantContext.of(tenantId, ACTOR);
    if (keptPlans) {
      transactions.callByKey(context, work);
    } else {
      transactions.call(context, work);
    }
  }

  private static Entry later(Entry one, Entry other) {
    return one.row().late() && !other.row().late() ? one : other;
  }

  /** Returns once what has arrived is recorded, or after a time. */
  @Override
  public void close() {
    closing = true;
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    for (Thread worker : workers) {
      try {
        worker.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      worker.interrupt();
    }
  }
}
