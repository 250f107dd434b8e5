// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence;

import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Upkeep of tables in schema {@code tenant} that are partitioned by range of a version 7 id, which
 * only the owner role may do. Partitions hold one UTC day each. Every method may be repeated and
 * may run on several nodes at a time.
 */
@ProviderType
public interface PartitionedTables {

  /** Makes the partitions that hold the days from one moment to another, both included. */
  void ensure(String table, Instant from, Instant to);

  /**
   * Drops the partitions whose every row is older than a moment.
   *
   * @return how many were dropped
   */
  int dropBefore(String table, Instant moment);
}
