// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.imports;

import io.rookery.api.contacts.ImportService.ContactImport;
import io.rookery.api.contacts.ImportService.ImportRequest;
import io.rookery.jobs.Job;
import io.rookery.jobs.JobService;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Transactions;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Takes files into the database piece by piece, each in a transaction of its own: one that stays
 * open for as long as somebody uploads would hold up every reader of the log. Thread-safe.
 */
public final class Uploads {

  private static final Duration ABANDONED = Duration.ofDays(1);
  private final Transactions transactions;
  private final JobService jobs;
  private final Clock clock;
  private final long mostBytes;
  private final ImportStore store = new ImportStore();

  /** Takes files of at most so many bytes. */
  public Uploads(Transactions transactions, JobService jobs, Clock clock, long mostBytes) {
    this.transactions = transactions;
    this.jobs = jobs;
    this.clock = clock;
    this.mostBytes = mostBytes;
  }

  /** Takes a file into a workspace and submits its job. */
  public ContactImport take(
      TenantContext context, UUID workspaceId, ImportRequest request, InputStream csv)
      throws IOException {
    tidy(context);
    byte[] head = csv.readNBytes(ImportStore.PIECE);
    List<String> columns = new ArrayList<>();
    CsvFormat format = CsvSniffer.sniff(head, request, columns);
    Upload upload = new Upload(Uuids.next(), workspaceId, request, format, columns);
    boolean kept = false;
    try {
      long bytes = store(context, upload, head, csv);
      ContactImport result = queue(context, upload.id(), bytes);
      kept = result.id().equals(upload.id());
      return result;
    } finally {
      if (!kept) {
        discard(context, upload.id());
      }
    }
  }

  private long store(TenantContext context, Upload upload, byte[] head, InputStream csv)
      throws IOException {
    run(context, tx -> store.begin(tx, upload, clock.instant().truncatedTo(ChronoUnit.MICROS)));
    long bytes = 0;
    byte[] piece = head;
    for (int number = 0; piece.length > 0; number++) {
      bytes += piece.length;
      if (bytes > mostBytes) {
        throw new RookeryException(
            CommonErrors.TOO_LARGE, "An import has at most " + mostBytes + " bytes");
      }
      byte[] content = piece;
      int position = number;
      run(context, tx -> store.piece(tx, upload.id(), position, content));
      piece = piece.length < ImportStore.PIECE ? new byte[0] : csv.readNBytes(ImportStore.PIECE);
    }
    return bytes;
  }

  private ContactImport queue(TenantContext context, UUID id, long bytes) {
    return transactions.callOnce(
        context,
        ContactImport.class,
        tx -> {
          Job job = jobs.submit(tx, ImportJob.KIND, id, Map.of());
          store.queue(tx, id, job.id(), bytes);
          return store.find(tx, id).orElseThrow();
        });
  }

  private void tidy(TenantContext context) {
    transactions
        .call(context, tx -> store.abandoned(tx, clock.instant().minus(ABANDONED)))
        .forEach(id -> discard(context, id));
  }

  private void discard(TenantContext context, UUID id) {
    run(context, tx -> store.discard(tx, id));
  }

  private void run(TenantContext context, Step step) {
    transactions.call(
        context,
        tx -> {
          step.run(tx);
          return null;
        });
  }

  @FunctionalInterface
  private interface Step {
    void run(Tx tx) throws SQLException;
  }
}
