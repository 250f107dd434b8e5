// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal.read;

import io.rookery.events.EventReader;
import io.rookery.events.internal.read.BehindTable.Behind;
import io.rookery.kernel.RookeryException;
import io.rookery.persistence.Leases.Lease;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.SystemWork;
import io.rookery.persistence.Transactions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one node does for a reader while it holds the reader's lease: block after block it applies
 * the log tenant by tenant, then moves the cursor. A tenant whose events fail is noted in the same
 * transaction as the cursor and caught up with by itself; until then its events are left alone
 * here, so they keep their order. For one thread at a time.
 */
final class ReaderRun {

  private static final Logger LOG = LoggerFactory.getLogger(ReaderRun.class);
  private static final int CATCH_UPS = 10;
  private static final long SAVE_IDLE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Transactions transactions;
  private final EventReader reader;
  private final Lease lease;
  private final ReadingSettings settings;
  private final BooleanSupplier stopped;
  private final TenantTurn turn;
  private final Set<UUID> behind = new HashSet<>();
  private LogPosition position;
  private LogPosition saved;
  private Floor floor;
  private long savedNanos;

  /** Prepares to read under a lease until told to stop. */
  ReaderRun(
      Transactions transactions,
      EventReader reader,
      Lease lease,
      ReadingSettings settings,
      BooleanSupplier stopped) {
    this.transactions = transactions;
    this.reader = reader;
    this.lease = lease;
    this.settings = settings;
    this.stopped = stopped;
    this.turn = new TenantTurn(transactions, reader, lease);
  }

  /**
   * Takes the reader's cursor over from whoever held the lease before. Only then does it look who
   * is behind: from there on no former holder can add to that.
   */
  void begin() {
    Optional<CursorTable.Kept> opened =
        system(
            connection -> {
              Optional<CursorTable.Kept> cursor =
                  new CursorTable(connection, reader.name()).open(lease.fence());
              behind.addAll(new BehindTable(connection, reader.name()).all());
              return cursor;
            });
    CursorTable.Kept kept = opened.orElseThrow(() -> new LeaseLostException(reader.name()));
    position = kept.position();
    saved = position;
    floor = new Floor(kept.floor());
    savedNanos = System.nanoTime();
  }

  /** Applies a block and catches up with who is due; returns whether there may be more at once. */
  boolean turn() {
    boolean more = readOn();
    return catchUp() || more;
  }

  private boolean readOn() {
    Block block =
        system(
            connection ->
                new LogReading(connection, Bounds.now(connection), reader, settings.block())
                    .after(position, floor.value()));
    Map<UUID, String> failed = applyAll(block);
    if (stopped.getAsBoolean()) {
      return false;
    }
    save(block, failed);
    position = block.end();
    behind.addAll(failed.keySet());
    floor.note(position, block.bounds());
    return block.full();
  }

  private Map<UUID, String> applyAll(Block block) {
    Map<UUID, List<LogEntry>> tenants = new LinkedHashMap<>();
    for (LogEntry entry : block.entries()) {
      UUID tenant = entry.event().tenantId();
      if (!behind.contains(tenant)) {
        tenants.computeIfAbsent(tenant, id -> new ArrayList<>()).add(entry);
      }
    }
    Map<UUID, String> failed = new LinkedHashMap<>();
    for (Map.Entry<UUID, List<LogEntry>> tenant : tenants.entrySet()) {
      requireLease();
      try {
        turn.apply(tenant.getKey(), tenant.getValue());
      } catch (Exception | LinkageError e) {
        failed.put(tenant.getKey(), failure(tenant.getKey(), 1, e));
      }
    }
    return failed;
  }

  private void save(Block block, Map<UUID, String> failed) {
    boolean idle = block.entries().isEmpty();
    if (idle && System.nanoTime() - savedNanos < SAVE_IDLE_NANOS) {
      return;
    }
    boolean kept =
        system(
            connection -> {
              CursorTable cursor = new CursorTable(connection, reader.name());
              if (!cursor.save(lease.fence(), block.end(), floor.value())) {
                return false;
              }
              BehindTable table = new BehindTable(connection, reader.name());
              for (Map.Entry<UUID, String> each : failed.entrySet()) {
                Behind tenant = new Behind(each.getKey(), floor.value(), 1);
                table.put(tenant, settings.wait(1), each.getValue());
              }
              return true;
            });
    if (!kept) {
      throw new LeaseLostException(reader.name());
    }
    saved = block.end();
    savedNanos = System.nanoTime();
  }

  private boolean catchUp() {
    if (behind.isEmpty()) {
      return false;
    }
    List<Behind> due =
        system(connection -> new BehindTable(connection, reader.name()).due(CATCH_UPS));
    boolean more = false;
    for (Behind tenant : due) {
      if (stopped.getAsBoolean()) {
        return false;
      }
      more |= catchUp(tenant);
    }
    return more;
  }

  private boolean catchUp(Behind tenant) {
    requireLease();
    UUID id = tenant.tenantId();
    Bounds bounds = system(Bounds::now);
    boolean more;
    try {
      more = turn.applyNext(id, bounds, tenant.floor(), settings.block());
    } catch (Exception | LinkageError e) {
      int attempts = tenant.attempts() + 1;
      String error = failure(id, attempts, e);
      note(new Behind(id, tenant.floor(), attempts), settings.wait(attempts), error);
      return false;
    }
    if (more) {
      note(new Behind(id, tenant.floor(), 0), Duration.ZERO, "catching up");
      return true;
    }
    caughtUp(id);
    return false;
  }

  private void caughtUp(UUID id) {
    system(
        connection -> {
          new BehindTable(connection, reader.name()).remove(id);
          return null;
        });
    behind.remove(id);
    LOG.info("The reader {} has caught up with tenant {}", reader.name(), id);
  }

  private void note(Behind tenant, Duration wait, String error) {
    system(
        connection -> {
          new BehindTable(connection, reader.name()).put(tenant, wait, error);
          return null;
        });
  }

  /** Tells a failure of the tenant's events from the end of this run, which it throws. */
  private String failure(UUID tenantId, int attempts, Throwable e) {
    requireLease();
    if (stopped.getAsBoolean() || e.getCause() instanceof LeaseLostException) {
      throw new LeaseLostException(reader.name());
    }
    LOG.warn(
        "The reader {} cannot apply the events of tenant {}, attempt {}",
        reader.name(),
        tenantId,
        attempts,
        e);
    return describe(e);
  }

  /** Names a failure without its message, as that may repeat data. */
  private static String describe(Throwable e) {
    StringBuilder text = new StringBuilder();
    Throwable cause = e;
    for (int depth = 0; cause != null && depth < 5; depth++) {
      text.append(depth == 0 ? "" : " < ").append(cause.getClass().getSimpleName());
      if (cause instanceof RookeryException own) {
        text.append(' ').append(own.code().name());
      } else if (cause instanceof SQLException sql) {
        text.append(' ').append(sql.getSQLState());
      }
      cause = cause.getCause();
    }
    return text.toString();
  }

  private void requireLease() {
    if (!lease.valid()) {
      throw new LeaseLostException(reader.name());
    }
  }

  /** Keeps how far an idle reader is, as it stops in good order. */
  void end() {
    if (lease.valid() && !position.equals(saved)) {
      system(
          connection -> {
            new CursorTable(connection, reader.name()).save(lease.fence(), position, floor.value());
            return null;
          });
    }
  }

  private <R> R system(SystemWork<R> work) {
    return transactions.system(SystemPurpose.EVENT_READING, work);
  }
}
