// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.api.sending.BackendVersions.Installed;
import io.rookery.events.EventLog;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Leases;
import io.rookery.persistence.SystemPurpose;
import io.rookery.sending.internal.store.DueLanes;
import io.rookery.sending.internal.store.DueLanes.DueLane;
import io.rookery.sending.internal.store.DueLanes.Work;
import io.rookery.sending.internal.store.LaneStore;
import io.rookery.sending.internal.throttle.Circuits;
import io.rookery.spi.mail.EmailBackend;
import io.rookery.spi.mail.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sending line of this node: finds lanes that are due, leases them, gives each its turn, parks
 * what is not answered, and on the way out ends every turn before it lets go. Thread-safe.
 */
public final class SendingLine implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SendingLine.class);
  private static final int LANES = 64;

  /** Places for lanes with urgent messages where all others are taken. */
  private static final int RESERVE = 16;

  private static final int SENDERS = 512;
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration SWEEP = Duration.ofSeconds(60);

  /** Of how many messages the server's statistics must know before a plan of theirs is kept. */
  private static final long KNOWN = 10_000;

  /** How long a turn lasts at least while other lanes wait for theirs. */
  private static final Duration SHORT_TURN = Duration.ofSeconds(2);

  private final LaneParts parts;
  private final Leases leases;
  private final Recorder recorder;
  private final DueLanes due = new DueLanes();
  private final AtomicBoolean looking = new AtomicBoolean();
  private final Map<LaneKey, LaneRun> running = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor turns;
  private final ThreadPoolExecutor senders;
  private final ScheduledExecutorService timer;
  private final ScheduledExecutorService parking;
  private volatile boolean closing;

  /** Starts the line. */
  public SendingLine(
      LineNeighbours neighbours,
      Leases leases,
      EventLog events,
      Clock clock,
      LineSettings settings) {
    this.leases = leases;
    this.recorder = new Recorder(neighbours.transactions(), events, 8);
    this.turns = pool(LANES + RESERVE, "rookery-sending-turn-");
    this.senders = pool(SENDERS, "rookery-sending-");
    Slots slots = new Slots(settings.window(), Math.max(1, settings.window() * 3 / 4));
    Flights flights = new Flights(slots, recorder, neighbours.meter(), clock, settings.answer());
    this.parts =
        new LaneParts(
            neighbours,
            settings,
            clock,
            slots,
            new Relays(slots, neighbours.transactions(), leases.nodeId()),
            flights,
            new Backends(neighbours.versions(), this::wake, this::leaving),
            new LaneFailures(),
            new Resting(),
            Pacing.of(settings.throttle(), neighbours.transactions(), clock),
            senders,
            new LaneStore(),
            new LargeMails(),
            new CredentialWatch(neighbours.epochs()));
    this.timer = Executors.newScheduledThreadPool(4, named("rookery-sending-timer-"));
    this.parking = Executors.newSingleThreadScheduledExecutor(named("rookery-sending-parking-"));
    timer.scheduleWithFixedDelay(
        () -> guarded(this::look), 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    timer.scheduleWithFixedDelay(() -> guarded(this::versions), 0, 1000, TimeUnit.MILLISECONDS);
    timer.scheduleWithFixedDelay(
        () -> guarded(this::credentials), 500, 1000, TimeUnit.MILLISECONDS);
    timer.scheduleWithFixedDelay(
        () -> guarded(parts.relays()::exchange), 500, 1000, TimeUnit.MILLISECONDS);
    timer.scheduleWithFixedDelay(
        () -> guarded(this::sweep), 5, SWEEP.toSeconds(), TimeUnit.SECONDS);
    // Goes on to the very end: what is parked is never sent again, so a late answer doubles
    // nothing.
    parking.scheduleWithFixedDelay(flights::park, 100, 100, TimeUnit.MILLISECONDS);
  }

  private static ThreadPoolExecutor pool(int most, String prefix) {
    return new ThreadPoolExecutor(
        0, most, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), named(prefix));
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  private void guarded(Runnable work) {
    try {
      if (!closing) {
        work.run();
      }
    } catch (RookeryException e) {
      LOG.debug("The line could not look around: {}", e.toString());
    } catch (RuntimeException e) {
      LOG.error("The line could not look around", e);
    }
  }

  /** Returns the backends that are installed on this node. */
  public List<Installed> installed() {
    Circuits circuits = parts.pacing().circuits();
    return parts.backends().list().stream()
        .map(it -> it.without(circuits.unreachable(it.backend(), it.version())))
        .toList();
  }

  /** Makes a backend known. */
  public void add(EmailBackend backend, String name, String version) {
    parts.backends().add(backend, name, version);
  }

  /** Takes a backend away, after its calls have ended or a bounded time has passed. */
  public void remove(EmailBackend backend) {
    parts.backends().remove(backend);
  }

  /** Looks for due lanes soon, and has running ones begin at their start again. */
  public void wake() {
    running.values().forEach(LaneRun::rewind);
    running.values().forEach(LaneRun::reconsider);
    lookSoon();
  }

  private void lookSoon() {
    if (looking.compareAndSet(false, true)) {
      try {
        timer.execute(() -> guarded(this::look));
      } catch (RejectedExecutionException e) {
        LOG.debug("The line is closing", e);
      }
    }
  }

  /** Has lanes that have something new begin at their start again, or begin at all. */
  public void urge(UUID tenantId, List<UUID> laneIds) {
    for (UUID id : laneIds) {
      LaneRun run = running.get(new LaneKey(tenantId, id));
      if (run == null) {
        lookSoon();
      } else {
        run.rewind();
        run.urge();
      }
    }
  }

  private synchronized void look() {
    looking.set(false);
    if (!leases.alive()) {
      return;
    }
    parts.resting().takeReady(parts.backends()).forEach(lane -> release(lane, List.of()));
    parts.pacing().circuits().takeReady().forEach(lane -> release(lane, List.of()));
    Instant now = parts.clock().instant();
    Work work =
        parts
            .transactions()
            .system(
                SystemPurpose.LANES,
                connection -> due.find(connection, leases.nodeId(), now, 2 * LANES));
    work.urgent().forEach(lane -> hurry(lane.key()));
    List<DueLane> waiting =
        work.lanes().stream().filter(lane -> !running.containsKey(lane.key())).toList();
    int places = Math.min(LANES, work.lanes().isEmpty() ? LANES : work.share());
    int free = places - running.size();
    LaneChoice.order(waiting, running.keySet()).stream()
        .limit(Math.max(0, free))
        .forEach(this::begin);
    // Lanes that still wait have places made for them; so has another node that has too few.
    int wanted = Math.max(-free, Math.min(waiting.size() - Math.max(0, free), places));
    LaneChoice.givers(running.values()).stream()
        .filter(run -> run.age().compareTo(SHORT_TURN) > 0)
        .limit(Math.max(0, wanted))
        .forEach(LaneRun::stop);
  }

  /** Has a lane hand out what is urgent, be there a place for it or not. */
  private void hurry(LaneKey lane) {
    LaneRun run = running.get(lane);
    if (run != null) {
      run.urge();
    } else if (running.size() < LANES + RESERVE) {
      begin(lane);
    }
  }

  /** Has a lane that rests go on at once, and with it some messages that were deferred. */
  private void release(LaneKey lane, List<UUID> deferred) {
    Instant now = parts.clock().instant();
    parts.failures().forget(lane);
    parts
        .transactions()
        .call(
            TenantContext.of(lane.tenantId(), LaneParts.ACTOR),
            tx -> {
              parts.lanes().release(tx, List.of(lane.laneId()), now);
              parts.lanes().advance(tx, lane.laneId(), deferred, now);
              return null;
            });
  }

  /** Follows what was decided about backends' versions, here or on another node. */
  private void versions() {
    if (parts.neighbours().versions().refresh()) {
      running.values().forEach(LaneRun::reconsider);
      for (BackendHandle left : parts.backends().left()) {
        left.takeDeferred().forEach(this::release);
      }
    }
    parts.backends().watch();
    running.values().forEach(run -> run.way().keepSoon());
  }

  /** Ends turns whose credentials do not hold any more, and then closes their connections. */
  private void credentials() {
    running.values().forEach(LaneRun::disowned);
    parts.credentials().look();
  }

  /** A backend is going: nobody waits in its calls for what may take long. */
  private void leaving(BackendHandle handle) {
    running.values().stream().filter(run -> run.uses(handle)).forEach(LaneRun::stop);
  }

  private void begin(LaneKey key) {
    Optional<Leases.Lease> lease = leases.acquire(key.lease());
    if (lease.isEmpty()) {
      return;
    }
    parts.resting().remove(key);
    LaneRun run = new LaneRun(parts, key, lease.get());
    running.put(key, run);
    try {
      turns.execute(() -> turn(key, run, lease.get()));
    } catch (RejectedExecutionException e) {
      running.remove(key);
      lease.get().close();
    }
  }

  private void turn(LaneKey key, LaneRun run, Leases.Lease lease) {
    try (lease) {
      note(key, leases.nodeId(), lease.fence());
      run.run();
      note(key, null, lease.fence());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("The turn of lane {} broke off: {}", key.laneId(), e.toString());
    } finally {
      running.remove(key);
    }
  }

  private void note(LaneKey key, String owner, long fence) {
    parts
        .transactions()
        .system(
            SystemPurpose.LANES,
            connection -> {
              parts.lanes().own(connection, key, owner, fence);
              return null;
            });
  }

  private void sweep() {
    parts.pacing().budgets().sweep();
    recorder.plansMayBeKept(
        parts
                .transactions()
                .system(SystemPurpose.LANES, connection -> parts.lanes().messagesKnown(connection))
            >= KNOWN);
    List<UUID> tenants =
        parts
            .transactions()
            .system(SystemPurpose.LANES, connection -> parts.lanes().tenantsWithDue(connection));
    for (UUID tenant : tenants) {
      parts
          .transactions()
          .call(
              TenantContext.of(tenant, LaneParts.ACTOR),
              tx -> {
                parts.lanes().sweep(tx);
                return null;
              });
    }
  }

  /** Returns what slows the lanes of this node down. */
  public PacingFigures pacing() {
    return PacingFigures.of(parts.pacing(), running.values());
  }

  /** Returns how many lanes have their turn here. */
  public int lanes() {
    return running.size();
  }

  /** Returns how many slots of the window are taken. */
  public int slots() {
    return parts.slots().taken();
  }

  /** Returns how many messages of each lane are given away and not recorded. */
  public Map<LaneKey, Integer> inFlight() {
    return parts.flights().inFlight();
  }

  /** Returns how many servers hold messages back, as more would only queue there. */
  public int scarceServers() {
    return parts.relays().scarce();
  }

  /** Returns how many outcomes of a kind came since the start. */
  public long count(Outcome.Status status) {
    return parts.flights().count(status);
  }

  /** Ends all turns, waits for what is given away and records it; at most about 35 s. */
  @Override
  public void close() {
    closing = true;
    timer.shutdownNow();
    running.values().forEach(LaneRun::stop);
    try {
      end(turns, Duration.ofSeconds(12));
      end(senders, Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    parking.shutdownNow();
    recorder.close();
  }

  private static void end(ThreadPoolExecutor pool, Duration wait) throws InterruptedException {
    pool.shutdown();
    if (!pool.awaitTermination(wait.toMillis(), TimeUnit.MILLISECONDS)) {
      pool.shutdownNow();
      pool.awaitTermination(3, TimeUnit.SECONDS);
    }
  }
}
