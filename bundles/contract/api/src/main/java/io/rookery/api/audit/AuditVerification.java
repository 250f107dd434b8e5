// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.audit;

import io.rookery.kernel.TenantContext;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tells whether audit chains are what they were: hash by hash from their beginning or checkpoint,
 * and against every signed head that the database and a folder of copied heads hold. Thread-safe;
 * takes seconds for a hundred thousand entries and memory for a bounded number of findings.
 */
@ProviderType
public interface AuditVerification {

  /**
   * Verifies chains.
   *
   * @param operator the operator's context
   * @param tenantId whose chain, or null for those of all tenants
   * @param heads the folder of copied heads, or null for the one of this node's configuration
   * @throws io.rookery.kernel.RookeryException {@code forbidden} to anybody but the operator,
   *     {@code validation_failed} where the folder cannot be read
   */
  Report verify(TenantContext operator, UUID tenantId, Path heads);

  /**
   * What was found.
   *
   * @param tenants how many chains were looked at
   * @param entries how many entries they have
   * @param heads how many signed heads were compared, those of the database and the copied ones
   * @param unreadable how many lines of copied heads could not be read, such as one that a crash
   *     cut off
   * @param findings what is wrong, at most a thousand; empty where all is well
   */
  record Report(int tenants, long entries, long heads, long unreadable, List<Finding> findings) {

    /** Copies the findings. */
    public Report {
      findings = List.copyOf(findings);
    }

    /** Returns whether nothing is wrong. */
    public boolean sound() {
      return findings.isEmpty();
    }
  }

  /**
   * Something that is wrong with a chain.
   *
   * @param from the first entry that it is about
   * @param to the last entry that it is about
   * @param detail a sentence for the operator
   */
  record Finding(UUID tenantId, Kind kind, long from, long to, String detail) {}

  /** What can be wrong. */
  enum Kind {
    /** An entry does not say what it said when it was chained. */
    ALTERED,
    /** Entries are missing from the chain's midst or beginning. */
    REMOVED,
    /** An entry stands where another one stood. */
    REORDERED,
    /** Entries are missing from the chain's end. */
    CUT,
    /** The chain holds together, but a signed head says that it was another one. */
    REWRITTEN,
    /** A head or a checkpoint was not signed by the platform. */
    FORGED,
    /** Entries have waited too long for a signed head. */
    UNSIGNED
  }
}
