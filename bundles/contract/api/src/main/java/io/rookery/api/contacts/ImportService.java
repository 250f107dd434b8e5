// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.contacts;

import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Imports of contacts from CSV (RFC 4180, with what real exports add: a byte order mark, semicolons
 * or tabs, UTF-16 or Windows-1252). The file is streamed into the database first, at most 1 GB, so
 * that any node can go on with it; then a job reads it. Thread-safe.
 */
@ProviderType
public interface ImportService {

  /**
   * Takes a file and starts its import. Nothing is kept where the stream breaks or is no CSV text.
   *
   * @throws io.rookery.kernel.RookeryException {@code validation_failed} where the file is not CSV,
   *     has no header, or no column for the address; {@code too_large} beyond the limit
   */
  ContactImport start(TenantContext context, ImportRequest request, InputStream csv)
      throws IOException;

  /** Returns an import of the tenant. */
  ContactImport get(TenantContext context, UUID id);

  /** Returns the tenant's imports, newest first. */
  Page<ContactImport> list(TenantContext context, PageRequest page);

  /** Stops an import at its next chunk; what is imported stays. */
  ContactImport cancel(TenantContext context, UUID id);

  /** Returns rows that were not imported, in file order. */
  Page<RowError> errors(TenantContext context, UUID id, PageRequest page);

  /**
   * How to import.
   *
   * @param fileName the file's name, for people
   * @param listId the list that the contacts join, or null
   * @param mapping field or attribute by column header; an empty map guesses by the usual names
   * @param defaults values for every contact where the file gives none
   * @param updateExisting whether contacts that exist take the file's values, or stay as they are
   */
  record ImportRequest(
      String fileName,
      UUID listId,
      Map<String, String> mapping,
      ContactData defaults,
      boolean updateExisting) {

    /** Copies the mapping. */
    public ImportRequest {
      mapping = Map.copyOf(mapping);
    }
  }

  /** An import and how far it is; its job has the same progress. */
  record ContactImport(
      UUID id,
      UUID jobId,
      String fileName,
      State state,
      Counts counts,
      List<String> columns,
      String error,
      Instant createdAt,
      Instant finishedAt) {

    /** How far an import is. */
    public enum State {
      QUEUED,
      RUNNING,
      SUCCEEDED,
      FAILED,
      CANCELLED
    }
  }

  /**
   * How many rows came to what; {@code rows} is the sum of the others once the import has ended.
   */
  record Counts(
      long rows, long created, long updated, long unchanged, long duplicates, long rejected) {}

  /** A row that was not imported: its line in the file, from 1, and why. */
  record RowError(long line, String code, String detail) {}
}
