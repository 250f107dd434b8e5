// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

import io.rookery.kernel.FieldError;
import io.rookery.kernel.TenantContext;
import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** Makes many mailboxes of a CSV file (RFC 4180). Thread-safe. */
@ProviderType
public interface MailboxImports {

  /** The most rows of a file. */
  int MOST_ROWS = 1000;

  /**
   * Makes a mailbox of each row that is right. The first line names the columns: {@code address}
   * and {@code backend} are needed; {@code display_name}, {@code daily_limit}, {@code
   * minimum_gap_ms}, {@code ramp} and the settings of the backends, secret ones among them, may
   * follow. An empty cell leaves its field out. Secret values go to the secret store alone; no
   * error repeats a cell. A repetition under the context's idempotency key makes no mailbox twice.
   *
   * @param csv the file's text, which is not kept
   * @param check whether each new mailbox is signed in to afterwards, in a background job
   * @throws io.rookery.kernel.RookeryException {@code validation_failed} where the file as a whole
   *     is wrong, with pointers to its lines; nothing was made then
   */
  Result importCsv(TenantContext context, String csv, boolean check);

  /**
   * What came of a file.
   *
   * @param rows one for each row, in the file's order
   * @param jobId the job that signs in, or null where there is none
   */
  record Result(List<Row> rows, UUID jobId) {

    /** Copies the rows. */
    public Result {
      rows = List.copyOf(rows);
    }
  }

  /**
   * What came of a row.
   *
   * @param line the line that the row begins at, from 1
   * @param mailboxId the new mailbox, or null where the row was refused
   * @param errors what is wrong; pointers lead to the line, such as {@code /lines/3/daily_limit}
   */
  record Row(long line, UUID mailboxId, List<FieldError> errors) {

    /** Copies the errors. */
    public Row {
      errors = List.copyOf(errors);
    }
  }
}
