// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.move;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.SystemWork;
import io.rookery.persistence.Transactions;
import io.rookery.secrets.internal.ConfiguredStore;
import io.rookery.secrets.internal.move.MoveTable.Peek;
import io.rookery.secrets.internal.route.Route;
import io.rookery.secrets.internal.route.RouteTable;
import io.rookery.secrets.internal.route.RouteTable.Write;
import io.rookery.secrets.internal.route.StoreRoutes;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretStore;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Moves all secrets to another store while they are used. Each is carried over and compared; what
 * is written meanwhile is noted by its writer and carried over again; what the other store has
 * beyond is removed. Then, in one transaction that finds no write noted, the other store becomes
 * the one that is used. Broken off anywhere it may be begun again: what is there is compared, not
 * copied. For one thread.
 */
final class Mover {

  private static final int ATTEMPTS = 5;

  private final Transactions transactions;
  private final StoreRoutes routes;
  private final MoveTable.Row move;
  private final SecretStore from;
  private final SecretStore to;
  private final Carrier carrier;
  private final Progress progress;

  Mover(Transactions transactions, ConfiguredStore stores, MoveTable.Row move, Progress progress) {
    this.transactions = transactions;
    this.routes = stores.routes();
    this.move = move;
    this.from = stores.get(move.source());
    this.to = stores.get(move.target());
    this.carrier = new Carrier(from, to, new Noted());
    this.progress = progress;
  }

  /** Hears how far it is; may throw to break off. */
  interface Progress {
    void at(int done, int total) throws InterruptedException;
  }

  /** Notes what is looked at in the move's own row. */
  private final class Noted implements Carrier.Peeks {

    @Override
    public void begin(SecretPath path, int version) {
      system(connection -> note(connection, new Peek(path, version)));
    }

    @Override
    public void end() {
      system(connection -> note(connection, null));
    }

    private Object note(Connection connection, Peek peek) throws SQLException {
      MoveTable.peek(connection, move.id(), peek);
      return null;
    }
  }

  /** Does the move; returns how many secrets there are. */
  int run() throws InterruptedException {
    putBack();
    List<SecretPath> paths = Carrier.all(from);
    for (int i = 0; i < paths.size(); i++) {
      progress.at(i, paths.size());
      carry(paths.get(i));
    }
    drain();
    removeOthers();
    while (!cutOver()) {
      progress.at(paths.size(), paths.size());
      drain();
    }
    routes.changed();
    return paths.size();
  }

  /** What a killed run was looking at while it was deleted is deleted again. */
  private void putBack() {
    Peek peek = move.peek();
    if (peek != null) {
      from.delete(peek.path(), Set.of(peek.version()));
      new Noted().end();
    }
  }

  private void carry(SecretPath path) {
    for (int attempt = 1; ; attempt++) {
      try {
        carrier.carry(path);
        return;
      } catch (SecretStoreException e) {
        // Somebody may have written it just now, and then it comes again.
        if (e.kind() != Kind.CONFLICT || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void drain() throws InterruptedException {
    List<Write> writes = system(RouteTable::ended);
    while (!writes.isEmpty()) {
      for (Write write : writes) {
        carry(new SecretPath(write.path()));
        system(
            connection -> {
              RouteTable.forget(connection, write.id());
              return null;
            });
      }
      writes = system(RouteTable::ended);
    }
  }

  private void removeOthers() {
    Set<SecretPath> known = new HashSet<>(Carrier.all(from));
    for (SecretPath path : Carrier.all(to)) {
      if (!known.contains(path)) {
        // By what stands there now: it may have been written just now.
        carry(path);
      }
    }
  }

  private boolean cutOver() throws InterruptedException {
    boolean done =
        system(
            connection -> {
              Route route = RouteTable.lock(connection, routes.configured());
              if (!route.moving() || !route.active().equals(move.source())) {
                throw new RookeryException(CommonErrors.WRONG_STATE, "The move was given up");
              }
              if (!RouteTable.quiet(connection)) {
                return false;
              }
              RouteTable.set(connection, new Route(move.target(), false));
              MoveTable.finish(connection, move.id());
              return true;
            });
    if (!done) {
      Thread.sleep(50);
    }
    return done;
  }

  private <R> R system(SystemWork<R> work) {
    return transactions.system(SystemPurpose.SECRET_STORES, work);
  }
}
