// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.route;

import io.rookery.kernel.Uuids;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.SystemWork;
import io.rookery.persistence.Transactions;
import io.rookery.spi.secrets.SecretPath;
import java.util.UUID;
import java.util.function.Function;

/**
 * Knows on this node which store holds the secrets. Readers go by what the node knows, which is at
 * most two seconds old; writers by the row itself. Thread-safe.
 */
public final class StoreRoutes {

  /** The topic that rises when the store is another one. */
  static final String TOPIC = "secret-store";

  /** Whose topic it is: no tenant's. */
  static final UUID PLATFORM = new UUID(0, 0);

  private final Transactions transactions;
  private final Epochs epochs;
  private final String configured;
  private volatile Known known;

  /** Makes routes for a store that the configuration names. */
  public StoreRoutes(Transactions transactions, Epochs epochs, String configured) {
    this.transactions = transactions;
    this.epochs = epochs;
    this.configured = configured;
  }

  private record Known(long epoch, Route route) {}

  /**
   * Returns the name of the store that is read from.
   *
   * @throws io.rookery.kernel.RookeryException {@code unavailable} where this node cannot know it
   */
  public String active() {
    long epoch = epochs.current(PLATFORM, TOPIC);
    Known last = known;
    if (last == null || last.epoch() != epoch) {
      last = new Known(epoch, system(connection -> RouteTable.read(connection, configured)));
      known = last;
    }
    return last.route().active();
  }

  /**
   * Does a write in the store that holds the secrets, in a way that a move of all secrets misses no
   * write.
   *
   * @param work gets the store's name
   */
  <R> R write(SecretPath path, Function<String, R> work) {
    UUID id = Uuids.next();
    Route route =
        system(
            connection -> {
              Route shared = RouteTable.share(connection, configured);
              RouteTable.begin(connection, id, path.value());
              return shared;
            });
    try {
      return work.apply(route.active());
    } finally {
      system(
          connection -> {
            boolean moving = RouteTable.share(connection, configured).moving();
            RouteTable.end(connection, id, moving);
            return null;
          });
    }
  }

  /** Has every node learn within two seconds that the store is another one. */
  public void changed() {
    epochs.raise(PLATFORM, TOPIC);
  }

  /** Returns the name in the configuration. */
  public String configured() {
    return configured;
  }

  private <R> R system(SystemWork<R> work) {
    return transactions.system(SystemPurpose.SECRET_STORES, work);
  }
}
