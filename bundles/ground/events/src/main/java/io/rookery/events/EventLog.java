// SPDX-License-Identifier: Apache-2.0
package io.rookery.events;

import io.rookery.kernel.Tx;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Appends to the log. The caller holds the row lock of each event's subject, so that {@code
 * subjectVersion} tells the order of the events of one subject. An event exists exactly if the
 * caller's transaction commits. Thread-safe.
 */
@ProviderType
public interface EventLog {

  /** Appends events in one statement; their tenant is the transaction's. An empty list is fine. */
  void append(Tx tx, List<NewEvent> events);

  /** Appends one event. */
  default void append(Tx tx, NewEvent event) {
    append(tx, List.of(event));
  }
}
