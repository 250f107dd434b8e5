// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.audit;

import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A tenant's audit log. Entries appear some seconds after what they tell of, and are never changed;
 * the network address goes after its time, the whole entry after its retention. Thread-safe.
 */
@ProviderType
public interface AuditLog {

  /**
   * Returns entries, newest first.
   *
   * @throws io.rookery.kernel.RookeryException {@code invalid_request} where the cursor is none of
   *     this list
   */
  Page<AuditEntry> list(TenantContext context, Filter filter, PageRequest page);

  /**
   * Writes entries, oldest first, as UTF-8 and leaves the stream open. What is put into the chain
   * meanwhile is left out. Memory and the time of each transaction are bounded, however many
   * entries there are and however slowly the stream takes them.
   *
   * @return how many entries were written
   * @throws IOException where the stream fails; what was written until then is whole lines
   */
  long export(TenantContext context, Filter filter, Format format, OutputStream out)
      throws IOException;

  /** Returns the number of the newest entry of the chain, 0 where there is none. */
  long newest(TenantContext context);

  /**
   * Which entries are wanted; null parts do not narrow.
   *
   * @param actor who did it, as {@code kind:id}
   * @param from the earliest moment of what happened, included
   * @param until the latest moment, not included
   */
  record Filter(
      String type,
      String actor,
      UUID subjectId,
      AuditEntry.Outcome outcome,
      Instant from,
      Instant until) {

    /** All entries. */
    public static final Filter ALL = new Filter(null, null, null, null, null, null);
  }

  /** How entries are written. */
  enum Format {
    /**
     * Comma-separated values (RFC 4180) under a line of names. A field that a spreadsheet would
     * take for a formula begins with an apostrophe.
     */
    CSV,
    /** One JSON object a line. */
    JSONL
  }
}
