// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.mailboxes.MailboxImports.Result;
import io.rookery.api.mailboxes.MailboxImports.Row;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;

/** What is said of files of mailboxes. */
public final class MailboxImportDtos {

  private MailboxImportDtos() {}

  /** What came of a file; the job signs in to the new mailboxes, where that was asked for. */
  @Schema(name = "MailboxImport")
  public record ResultView(int created, int rejected, UUID jobId, List<RowView> rows) {

    /** Shows a result. */
    public static ResultView of(Result result) {
      List<RowView> rows = result.rows().stream().map(RowView::of).toList();
      int created = (int) rows.stream().filter(row -> row.mailboxId() != null).count();
      return new ResultView(created, rows.size() - created, result.jobId(), rows);
    }
  }

  /** What came of a row: a mailbox, or what is wrong. */
  @Schema(name = "MailboxImportRow")
  public record RowView(long line, UUID mailboxId, List<ErrorView> errors) {

    static RowView of(Row row) {
      return new RowView(
          row.line(),
          row.mailboxId(),
          row.errors().stream()
              .map(error -> new ErrorView(error.pointer(), error.detail()))
              .toList());
    }
  }

  /** What is wrong with a row, and where. */
  @Schema(name = "MailboxImportError")
  public record ErrorView(String pointer, String detail) {}
}
