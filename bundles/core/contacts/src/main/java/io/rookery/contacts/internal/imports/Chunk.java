// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.imports;

import io.rookery.api.contacts.ImportService.Counts;
import io.rookery.api.contacts.ImportService.RowError;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.jobs.JobRun;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Transactions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * The transaction of one stretch: its rows, its errors, its event and the import's new place in the
 * file, all or nothing, and only from the place before it.
 */
final class Chunk {

  private static final int MOST_ERRORS = 100_000;

  private final Place place;
  private final ImportRun.Ready ready;
  private final Before before;
  private final CountDownLatch contacts = new CountDownLatch(1);

  Chunk(Place place, ImportRun.Ready ready, Before before) {
    this.place = place;
    this.ready = ready;
    this.before = before;
  }

  /** Where stretches go: an import, what merges its rows, and who is told. */
  record Place(
      JobRun run,
      ImportStore.Standing standing,
      ImportStore store,
      EventLog log,
      Supplier<Instant> now) {}

  /** Returns once the stretch before has been committed; throws where it has not. */
  @FunctionalInterface
  interface Before {

    void await() throws InterruptedException;
  }

  /** Waits until the contacts are written, though not committed, or the attempt has ended. */
  void awaitContacts() throws InterruptedException {
    contacts.await();
  }

  /** Runs the transaction. */
  Void commit(Transactions transactions) {
    try {
      return transactions.call(
          place.run().context(),
          tx -> {
            write(tx);
            return null;
          });
    } finally {
      contacts.countDown();
    }
  }

  private void write(Tx tx) throws SQLException {
    BlockReader.Stretch stretch = ready.stretch();
    Staging.fill(tx, ready.encoded());
    Merge merge = new Merge(place.standing(), stretch.block().rows().size());
    Counts counts = counts(merge.contacts(tx, place.now().get()), stretch.block());
    contacts.countDown();
    merge.attachments(tx);
    awaitBefore();
    long number =
        place
            .store()
            .advance(tx, place.standing().id(), stretch, counts)
            .orElseThrow(() -> ImportRun.later("Another run goes on with this import", null));
    keep(tx, stretch.block().errors());
    place.log().append(tx, event(number, counts));
    place
        .run()
        .advance(
            tx,
            Map.of("offset", stretch.end(), "line", stretch.nextLine()),
            stretch.end(),
            place.standing().bytes());
  }

  private void awaitBefore() {
    try {
      before.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ImportRun.later("Imports are stopping on this node", e);
    }
  }

  private static Counts counts(Counts merged, Block block) {
    return new Counts(
        block.records(),
        merged.created(),
        merged.updated(),
        merged.unchanged(),
        merged.duplicates() + block.duplicates(),
        block.errors().size());
  }

  private void keep(Tx tx, List<RowError> errors) throws SQLException {
    if (!errors.isEmpty()) {
      ImportStore store = place.store();
      long room = Math.max(0, MOST_ERRORS - store.errorCount(tx, place.standing().id()));
      store.errors(tx, place.standing().id(), errors.stream().limit(room).toList());
    }
  }

  private NewEvent event(long number, Counts counts) {
    return new NewEvent(
        "contact.imported",
        place.standing().id(),
        number,
        place.now().get(),
        ImportJob.result(counts));
  }
}
