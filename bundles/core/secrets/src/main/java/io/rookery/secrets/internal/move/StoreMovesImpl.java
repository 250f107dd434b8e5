// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.move;

import io.rookery.api.secrets.StoreMoves;
import io.rookery.jobs.Job;
import io.rookery.jobs.JobService;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Schema;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.SystemWork;
import io.rookery.persistence.Transactions;
import io.rookery.secrets.internal.ConfiguredStore;
import io.rookery.secrets.internal.move.MoveTable.Row;
import io.rookery.secrets.internal.route.Route;
import io.rookery.secrets.internal.route.RouteTable;
import io.rookery.spi.secrets.SecretStore;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretTransfer;
import io.rookery.spi.secrets.StoreStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Begins moves, one at a time, and tells how they stand; {@link MoveJob} does them. */
@Component(
    service = StoreMoves.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=secrets)"))
public final class StoreMovesImpl implements StoreMoves {

  private static final Set<Job.State> AT_WORK =
      EnumSet.of(Job.State.QUEUED, Job.State.RUNNING, Job.State.CANCELLING);
  private static final Duration WAIT = Duration.ofSeconds(30);

  private final Transactions transactions;
  private final ConfiguredStore stores;
  private final JobService jobs;

  /** Makes the service. */
  @Activate
  public StoreMovesImpl(
      @Reference Transactions transactions,
      @Reference ConfiguredStore stores,
      @Reference JobService jobs) {
    this.transactions = transactions;
    this.stores = stores;
    this.jobs = jobs;
  }

  @Override
  public List<Store> stores() {
    String active = stores.active();
    return stores.names().stream()
        .map(name -> new Store(name, name.equals(active), stores.status(name)))
        .toList();
  }

  @Override
  public Move move(TenantContext operator, String from, String to) {
    requireFit(from);
    boolean empty = isEmpty(requireFit(to));
    UUID id = system(connection -> begin(connection, from, to, empty));
    stores.routes().changed();
    Row row = system(connection -> MoveTable.find(connection, id)).orElseThrow();
    if (job(operator, row).filter(job -> AT_WORK.contains(job.state())).isEmpty()) {
      Job job =
          transactions.call(
              operator.withoutIdempotencyKey(),
              tx -> jobs.submit(tx, MoveJob.KIND, id, Map.of("from", from, "to", to)));
      system(
          connection -> {
            MoveTable.job(connection, id, job.id());
            return null;
          });
    }
    return last(operator).orElseThrow();
  }

  private SecretStore requireFit(String name) {
    if (!stores.names().contains(name)) {
      throw RookeryException.notFound("store");
    }
    if (stores.status(name) != StoreStatus.READY) {
      throw RookeryException.unavailable("The store " + name + " cannot be used now", WAIT, null);
    }
    SecretStore store = stores.get(name);
    if (!(store instanceof SecretTransfer)) {
      throw wrong("The store " + name + " cannot take part in a move");
    }
    return store;
  }

  private static boolean isEmpty(SecretStore store) {
    try {
      return Carrier.all(store).isEmpty();
    } catch (SecretStoreException e) {
      throw RookeryException.unavailable(e.getMessage(), WAIT, e);
    }
  }

  /** Notes the move and has writers note what they do; returns the id of one that is open. */
  private UUID begin(Connection connection, String from, String to, boolean empty)
      throws SQLException {
    Route route = RouteTable.lock(connection, stores.routes().configured());
    Optional<Row> last = MoveTable.last(connection);
    if (last.isPresent() && last.get().finishedAt() == null) {
      if (!last.get().source().equals(from) || !last.get().target().equals(to)) {
        throw wrong(
            "A move from %s to %s is not finished"
                .formatted(last.get().source(), last.get().target()));
      }
      return last.get().id();
    }
    if (!route.active().equals(from) || from.equals(to)) {
      throw wrong("The secrets stand in " + route.active() + "; name it first, and another store");
    }
    if (!empty && !MoveTable.knows(connection, to)) {
      throw wrong("The store " + to + " holds secrets that no move has brought there");
    }
    UUID id = Uuids.next();
    MoveTable.insert(connection, id, from, to);
    RouteTable.set(connection, new Route(from, true));
    return id;
  }

  @Override
  public Move back(TenantContext operator) {
    Row last =
        system(MoveTable::last).orElseThrow(() -> RookeryException.notFound("move to go back on"));
    return move(operator, last.target(), last.source());
  }

  @Override
  public Optional<Move> last(TenantContext operator) {
    return system(MoveTable::last).map(row -> show(row, job(operator, row).orElse(null)));
  }

  private Optional<Job> job(TenantContext operator, Row row) {
    try {
      return row.jobId() == null ? Optional.empty() : Optional.of(jobs.get(operator, row.jobId()));
    } catch (RookeryException e) {
      if (e.code().equals(CommonErrors.NOT_FOUND)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Move show(Row row, Job job) {
    String state = job == null ? "queued" : job.state().name().toLowerCase(Locale.ROOT);
    return new Move(
        row.id(),
        row.jobId(),
        row.source(),
        row.target(),
        state.equals("succeeded") || job == null && row.finishedAt() != null ? "moved" : state,
        job == null ? 0 : job.done(),
        job == null ? 0 : job.total(),
        job == null ? null : job.error(),
        row.startedAt(),
        row.finishedAt());
  }

  private static RookeryException wrong(String detail) {
    return new RookeryException(CommonErrors.WRONG_STATE, detail);
  }

  private <R> R system(SystemWork<R> work) {
    return transactions.system(SystemPurpose.SECRET_STORES, work);
  }
}
