// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.contacts.ImportService.ContactImport;
import io.rookery.api.contacts.ImportService.Counts;
import io.rookery.api.contacts.ImportService.RowError;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What is said of imports. */
public final class ImportDtos {

  private ImportDtos() {}

  /** An import and how far it is. */
  @Schema(name = "Import")
  public record ImportView(
      UUID id,
      UUID jobId,
      String fileName,
      ContactImport.State state,
      CountsView counts,
      List<String> columns,
      String error,
      Instant createdAt,
      Instant finishedAt)
      implements Identified {

    /** Shows an import. */
    public static ImportView of(ContactImport i) {
      return new ImportView(
          i.id(),
          i.jobId(),
          i.fileName(),
          i.state(),
          CountsView.of(i.counts()),
          i.columns(),
          i.error(),
          i.createdAt(),
          i.finishedAt());
    }
  }

  /** How many rows came to what. */
  @Schema(name = "ImportCounts")
  public record CountsView(
      long rows, long created, long updated, long unchanged, long duplicates, long rejected) {

    static CountsView of(Counts c) {
      return c == null
          ? null
          : new CountsView(
              c.rows(), c.created(), c.updated(), c.unchanged(), c.duplicates(), c.rejected());
    }
  }

  /** A row that was not imported: its line in the file, from 1, and why. */
  @Schema(name = "ImportError")
  public record RowErrorView(long line, String code, String detail) {

    /** Shows an error. */
    public static RowErrorView of(RowError e) {
      return new RowErrorView(e.line(), e.code(), e.detail());
    }
  }
}
