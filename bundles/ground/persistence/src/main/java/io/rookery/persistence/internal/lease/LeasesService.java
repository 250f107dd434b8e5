// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.lease;

import io.rookery.kernel.Uuids;
import io.rookery.persistence.Leases;
import io.rookery.persistence.Schema;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.internal.database.Database;
import io.rookery.persistence.internal.thread.Periodic;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds this node's leases. Within the node a lease that is valid is not handed out a second time;
 * one whose holder lost it, as the heartbeat paused, is handed out anew with a higher fence.
 */
@Component(
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=persistence)"))
public final class LeasesService implements Leases {

  private static final Logger LOG = LoggerFactory.getLogger(LeasesService.class);
  private static final Duration PERIOD = Duration.ofMillis(1500);

  private final Transactions transactions;
  private final Heartbeat heartbeat;
  private final String node = Uuids.next().toString();
  private final Map<String, Held> held = new ConcurrentHashMap<>();
  private final Periodic beater;

  /** Begins this node's heartbeat. */
  @Activate
  public LeasesService(@Reference Transactions transactions, @Reference Database database) {
    this(transactions, database, System::nanoTime);
  }

  /** Begins a heartbeat by a given monotonic clock. */
  public LeasesService(Transactions transactions, Database database, LongSupplier nanos) {
    this.transactions = transactions;
    this.heartbeat = new Heartbeat(database, node, nanos);
    beat();
    this.beater = Periodic.later("rookery-heartbeat", PERIOD, this::beat);
  }

  private void beat() {
    try {
      heartbeat.beat();
    } catch (SQLException | RuntimeException e) {
      LOG.warn("This node's heartbeat cannot be renewed: {}", e.getMessage());
    }
  }

  /** Ends the heartbeat; all that this node held is free at once. */
  @Deactivate
  public void close() {
    beater.close();
    held.clear();
    try {
      heartbeat.end();
    } catch (SQLException | RuntimeException e) {
      LOG.debug("The node could not be signed off; its term ends by itself", e);
    }
  }

  @Override
  public String nodeId() {
    return node;
  }

  @Override
  public boolean alive() {
    return heartbeat.alive();
  }

  @Override
  public synchronized Optional<Lease> acquire(String name) {
    Objects.requireNonNull(name, "name");
    Held before = held.get(name);
    if (!alive() || (before != null && before.valid())) {
      return Optional.empty();
    }
    long life = heartbeat.life();
    OptionalLong fence =
        transactions.system(SystemPurpose.LEASING, c -> LeaseTable.acquire(c, name, node));
    if (fence.isEmpty()) {
      return Optional.empty();
    }
    Held lease = new Held(name, fence.getAsLong(), life);
    held.put(name, lease);
    return Optional.of(lease);
  }

  private final class Held implements Lease {

    private final String name;
    private final long fence;
    private final long life;
    private volatile boolean closed;

    Held(String name, long fence, long life) {
      this.name = name;
      this.fence = fence;
      this.life = life;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public long fence() {
      return fence;
    }

    @Override
    public boolean valid() {
      return !closed && heartbeat.life() == life && heartbeat.alive();
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      held.remove(name, this);
      transactions.system(
          SystemPurpose.LEASING,
          connection -> {
            LeaseTable.release(connection, name, node, fence);
            return null;
          });
    }
  }
}
