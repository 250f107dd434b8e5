// SPDX-License-Identifier: Apache-2.0
package io.rookery.events;

import io.rookery.kernel.Tx;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps from where events came, beside the log, as the log itself holds no address. Registered as a
 * service by whoever needs it; while there is none the sources are forgotten.
 */
@ConsumerType
public interface EventSources {

  /**
   * Keeps the source of the transaction's context, which is not null, for the events that were just
   * appended through it.
   *
   * @throws SQLException to fail the append, and with it the transaction
   */
  void keep(Tx tx, List<UUID> eventIds) throws SQLException;
}
