// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.move;

import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.jobs.JobHandler;
import io.rookery.jobs.JobRun;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Schema;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import io.rookery.secrets.internal.ConfiguredStore;
import io.rookery.secrets.internal.route.Route;
import io.rookery.secrets.internal.route.RouteTable;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Moves all secrets to another store as one of the operator's jobs. */
@Component(
    service = JobHandler.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=secrets)"))
public final class MoveJob implements JobHandler {

  static final String KIND = "secrets.move";

  private static final Duration WAIT = Duration.ofSeconds(10);

  /** How many secrets are carried over between two looks at whether the job is still wanted. */
  private static final int STRIDE = 20;

  private final Transactions transactions;
  private final ConfiguredStore stores;
  private final EventLog events;

  /** Makes the handler. */
  @Activate
  public MoveJob(
      @Reference Transactions transactions,
      @Reference ConfiguredStore stores,
      @Reference EventLog events) {
    this.transactions = transactions;
    this.stores = stores;
    this.events = events;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, ?> run(JobRun run) throws InterruptedException {
    MoveTable.Row move =
        transactions
            .system(SystemPurpose.SECRET_STORES, c -> MoveTable.find(c, run.subjectId()))
            .orElseThrow(() -> RookeryException.notFound("move"));
    if (move.finishedAt() != null) {
      // Whoever finished it may have died before it could tell the other nodes.
      stores.routes().changed();
      return Map.of();
    }
    try {
      int secrets = new Mover(transactions, stores, move, (done, all) -> at(run, done, all)).run();
      tell(run, move, secrets);
      return Map.of("secrets", secrets);
    } catch (SecretStoreException e) {
      throw translate(e);
    }
  }

  private void at(JobRun run, int done, int total) {
    if (done % STRIDE == 0 || done == total) {
      transactions.call(
          run.context(),
          tx -> {
            run.advance(tx, Map.of("done", done), done, total);
            return null;
          });
    }
  }

  private void tell(JobRun run, MoveTable.Row move, int secrets) {
    Map<String, Object> data =
        Map.of("from", move.source(), "to", move.target(), "secrets", secrets);
    NewEvent event = NewEvent.of("secrets.moved", move.id(), Clock.systemUTC().instant(), data);
    transactions.call(
        run.context(),
        tx -> {
          events.append(tx, event);
          return null;
        });
  }

  /** A store that is away or sealed comes back; what does not fit has to be looked at. */
  private static RookeryException translate(SecretStoreException e) {
    return e.kind() == Kind.SEALED || e.kind() == Kind.UNREACHABLE
        ? RookeryException.unavailable(e.getMessage(), WAIT, e)
        : new RookeryException(CommonErrors.WRONG_STATE, e.getMessage(), e);
  }

  /** The store that was used stays the one that is used. */
  @Override
  public void cancelled(TenantContext context, UUID subjectId) {
    transactions.system(
        SystemPurpose.SECRET_STORES,
        connection -> {
          String configured = stores.routes().configured();
          Route route = RouteTable.lock(connection, configured);
          RouteTable.set(connection, new Route(route.active(), false));
          MoveTable.finish(connection, subjectId);
          RouteTable.forgetEnded(connection);
          return null;
        });
    stores.routes().changed();
  }
}
