// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.secrets;

import io.rookery.kernel.TenantContext;
import io.rookery.spi.secrets.StoreStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Moves of all secrets from one store to another, while they are used. The calls are for the
 * operator: whoever calls has made sure of that, and gives the operator's context, in whose log and
 * among whose jobs a move is found. Thread-safe.
 */
@ProviderType
public interface StoreMoves {

  /** Returns the stores that there are, by name. */
  List<Store> stores();

  /**
   * Begins to move all secrets from the store that is used to another, or goes on with a move that
   * broke off. Readers and writers go on meanwhile; once all is there and compared, every node uses
   * the other store within two seconds. The former store keeps what it has.
   *
   * @throws io.rookery.kernel.RookeryException {@code wrong_state} where {@code from} is not the
   *     store that is used, another move is under way, or the other store holds secrets that no
   *     move has brought there; {@code not_found} where there is no such store; {@code unavailable}
   *     where one of them cannot be used now
   */
  Move move(TenantContext operator, String from, String to);

  /**
   * Begins to move all secrets back to the store from which they were moved last; fails as {@link
   * #move} does.
   *
   * @throws io.rookery.kernel.RookeryException {@code not_found} where nothing was moved yet
   */
  Move back(TenantContext operator);

  /** Returns the last move, or empty. */
  Optional<Move> last(TenantContext operator);

  /**
   * A store.
   *
   * @param active whether it is the one that is used
   */
  record Store(String name, boolean active, StoreStatus status) {}

  /**
   * A move.
   *
   * @param jobId the operator's job that does it
   * @param state how its job stands, such as {@code running}; {@code moved} once it is over
   * @param done how many secrets were carried over or found there already
   * @param total how many there are, or 0 while that is not known
   * @param problem what it failed by or waits for, or null
   * @param finishedAt when it was over, or null
   */
  record Move(
      UUID id,
      UUID jobId,
      String from,
      String to,
      String state,
      long done,
      long total,
      String problem,
      Instant startedAt,
      Instant finishedAt) {}
}
