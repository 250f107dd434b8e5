// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Named leases, each held by one node at a time, kept alive by the node's one heartbeat. A term is
 * ten seconds by database time; on the holder's side half a term is counted on a monotonic clock,
 * so a holder that cannot reach the database stops before another may begin. Thread-safe.
 */
@ProviderType
public interface Leases {

  /** Returns this node's id, made anew at each start. */
  String nodeId();

  /** Tries to take a lease; empty where another living node holds it. */
  Optional<Lease> acquire(String name);

  /** Returns whether this node renewed its heartbeat within the last half term. */
  boolean alive();

  /** A lease that this node holds. */
  @ProviderType
  interface Lease extends AutoCloseable {

    /** Returns the lease's name. */
    String name();

    /** Returns a number that rises with each new holder, to fence off writes of former holders. */
    long fence();

    /** Returns whether the lease may still be acted upon. */
    boolean valid();

    /** Gives the lease back at once. */
    @Override
    void close();
  }
}
