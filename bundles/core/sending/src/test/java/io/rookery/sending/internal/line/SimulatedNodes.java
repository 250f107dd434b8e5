// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.persistence.Leases;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.MovableClock;
import io.rookery.sending.internal.store.DueLanes;
import io.rookery.sending.internal.store.DueLanes.DueLane;
import io.rookery.sending.internal.store.LaneStore;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.Capability;
import io.rookery.spi.mail.EmailBackend;
import io.rookery.spi.mail.OutboundMessage;
import io.rookery.spi.mail.Outcome;
import io.rookery.spi.mail.OutcomeSink;
import io.rookery.spi.mail.Reply;
import io.rookery.spi.plugin.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two nodes with four workers each that give lanes their turns whenever a simulated clock says that
 * they are due. A turn is the product's own, under its own lease; each message that the server
 * takes lets some seconds pass, and some are refused for now or lost with their answer.
 */
final class SimulatedNodes implements AutoCloseable {

  private static final int WORKERS = 4;

  private final TestDatabase database;
  private final MovableClock clock;
  private final List<Node> nodes = new ArrayList<>();
  private final ExecutorService workers = Executors.newFixedThreadPool(2 * WORKERS);
  private final ExecutorService senders = Executors.newCachedThreadPool();
  private final LaneStore lanes = new LaneStore();
  private final AtomicInteger turns = new AtomicInteger();
  private final Random random;

  /** A node, with what its turns work with for each tenant. */
  private record Node(Leases leases, Map<UUID, LaneParts> parts, List<Recorder> recorders) {}

  SimulatedNodes(TestDatabase database, List<LineFixture> tenants, Instant begin, long seed) {
    this.database = database;
    this.clock = new MovableClock(begin);
    this.random = new Random(seed);
    for (Leases leases : List.of(database.leases(), database.anotherNode())) {
      Node node = new Node(leases, new HashMap<>(), new ArrayList<>());
      tenants.forEach(tenant -> node.parts().put(tenant.context.tenantId(), parts(node, tenant)));
      nodes.add(node);
    }
  }

  private LaneParts parts(Node node, LineFixture tenant) {
    LineNeighbours neighbours = tenant.neighbours();
    LineSettings settings = LineSettings.of(16);
    Recorder recorder = new Recorder(neighbours.transactions(), tenant.log(), 2);
    node.recorders().add(recorder);
    Slots slots = new Slots(16, 12);
    Flights flights = new Flights(slots, recorder, neighbours.meter(), clock, settings.answer());
    Backends backends = new Backends(neighbours.versions(), () -> {}, handle -> {});
    backends.add(new Server(), "fake", "1.0.0");
    return new LaneParts(
        neighbours,
        settings,
        clock,
        slots,
        new Relays(slots, neighbours.transactions(), node.leases().nodeId()),
        flights,
        backends,
        new LaneFailures(),
        new Resting(),
        Pacing.of(settings.throttle(), neighbours.transactions(), clock),
        senders,
        lanes,
        new LargeMails(),
        new CredentialWatch(neighbours.epochs()));
  }

  MovableClock clock() {
    return clock;
  }

  int turns() {
    return turns.get();
  }

  /** Gives turns until no lane is due any more. */
  void work() throws Exception {
    while (true) {
      List<DueLane> due = new ArrayList<>(due());
      if (due.isEmpty()) {
        return;
      }
      List<Future<?>> round = new ArrayList<>();
      for (Node node : nodes) {
        // Both nodes want the same lanes at the same time, in an order of their own.
        Collections.shuffle(due, random);
        for (DueLane lane : due.subList(0, Math.min(WORKERS, due.size()))) {
          round.add(workers.submit(() -> turn(node, lane)));
        }
      }
      for (Future<?> end : round) {
        end.get();
      }
    }
  }

  private List<DueLane> due() {
    Instant now = clock.instant();
    return database
        .transactions()
        .system(SystemPurpose.LANES, connection -> new DueLanes().find(connection, "", now, 100))
        .lanes();
  }

  private Void turn(Node node, DueLane lane) throws InterruptedException {
    Optional<Leases.Lease> lease =
        node.leases().acquire("lane/" + lane.key().tenantId() + "/" + lane.key().laneId());
    if (lease.isPresent()) {
      try (Leases.Lease held = lease.get()) {
        new LaneRun(node.parts().get(lane.key().tenantId()), lane.key(), held).run();
        turns.incrementAndGet();
      }
    }
    return null;
  }

  @Override
  public void close() {
    workers.shutdownNow();
    senders.shutdownNow();
    nodes.forEach(node -> node.recorders().forEach(Recorder::close));
  }

  /** A server that takes nine of ten messages. */
  private final class Server implements EmailBackend {

    @Override
    public Set<Capability> capabilities() {
      return Set.of(Capability.RAW_MIME);
    }

    @Override
    public List<Setting> settings() {
      return List.of();
    }

    @Override
    public int parallelism(Account account) {
      return 2;
    }

    @Override
    public void send(Account account, Iterator<OutboundMessage> pulled, OutcomeSink outcomes)
        throws InterruptedException {
      while (pulled.hasNext()) {
        OutboundMessage message = pulled.next();
        OutcomeSink.Offer offer = OutcomeSink.Offer.BUSY;
        while (offer == OutcomeSink.Offer.BUSY) {
          offer = outcomes.offer(message.id(), Duration.ofMillis(50));
        }
        if (offer == OutcomeSink.Offer.REFUSED) {
          return;
        }
        if (offer == OutcomeSink.Offer.GRANTED) {
          take(message, outcomes);
        }
      }
    }

    private void take(OutboundMessage message, OutcomeSink outcomes) {
      int number = Math.floorMod(message.id().hashCode(), 20);
      clock.move(Duration.ofMillis(100 + number * 150L));
      Outcome.Status status =
          number == 0
              ? Outcome.Status.DEFERRED
              : number == 1 ? Outcome.Status.IN_DOUBT : Outcome.Status.ACCEPTED;
      int code = status == Outcome.Status.DEFERRED ? 451 : 250;
      Reply reply = new Reply(Reply.Stage.CONTENT, code, null, "as simulated");
      outcomes.report(Outcome.of(message, status, reply, null));
    }

    @Override
    public void check(Account account) {}

    @Override
    public void release(UUID accountId) {}
  }
}
