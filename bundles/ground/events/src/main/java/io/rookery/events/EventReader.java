// SPDX-License-Identifier: Apache-2.0
package io.rookery.events;

import io.rookery.kernel.Tx;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A reader of the log, registered as a service. It runs on one node at a time. Its effects and its
 * position move in one transaction per tenant, so each event takes effect exactly once, however
 * often nodes die. A reader that is new begins at the oldest event that is kept; one that comes
 * back goes on where it stopped. Where a tenant's events fail, that tenant is tried again later by
 * itself and the others go on.
 */
@ConsumerType
public interface EventReader {

  /** Returns the reader's name, under which its position is kept; never changes. */
  String name();

  /** Returns the types it wants, or an empty set for all. */
  Set<String> types();

  /**
   * Returns the types that it leaves out where it wants all others; counts where {@link #types} is
   * empty.
   */
  default Set<String> except() {
    return Set.of();
  }

  /**
   * Returns for how long it rests at least once it has read all that there is. Each time that it
   * looks it commits once for every tenant with news, so who need not hear of things at once rests
   * for longer. Zero for no longer than the node's configuration says.
   */
  default Duration rest() {
    return Duration.ZERO;
  }

  /**
   * Applies events of one tenant, in log order, through that tenant's transaction.
   *
   * @throws SQLException or any other to roll back and have the same events again later
   */
  void apply(Tx tx, List<Event> events) throws SQLException;
}
