// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.schema;

import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;

/** The bundles whose tables wait to be migrated, in core order. Thread-safe. */
final class SchemaQueue {

  private final Set<BundleSchema> present = new HashSet<>();
  private final PriorityQueue<BundleSchema> waiting =
      new PriorityQueue<>(Comparator.comparing(BundleSchema::area, AreaOrder.BY_NAME));

  synchronized void add(BundleSchema schema) {
    present.add(schema);
    waiting.add(schema);
  }

  /** Queues one that failed, unless its bundle has gone. */
  synchronized void addAgain(BundleSchema schema) {
    if (present.contains(schema)) {
      waiting.add(schema);
    }
  }

  synchronized void remove(BundleSchema schema) {
    present.remove(schema);
    waiting.remove(schema);
  }

  /** Returns the next one, or null. */
  synchronized BundleSchema next() {
    return waiting.poll();
  }
}
