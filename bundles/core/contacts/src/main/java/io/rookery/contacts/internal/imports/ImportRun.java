// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.imports;

import io.rookery.kernel.RookeryException;
import io.rookery.persistence.Transactions;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/**
 * One run over a file. Three stretches are at work at a time, so that two processors have enough to
 * do: one is read and encoded, one merges its contacts, and the one before that writes what hangs
 * on its contacts. The latter two are transactions of their own; they commit in the file's order,
 * and a stretch touches contacts only when the one before is done with them, so that the later
 * waits for the earlier and never the other way round. For one thread.
 */
final class ImportRun {

  private final Transactions transactions;
  private final ExecutorService threads;
  private final BlockReader reader;
  private final Staging staging;

  ImportRun(
      Transactions transactions, ExecutorService threads, BlockReader reader, Staging staging) {
    this.transactions = transactions;
    this.threads = threads;
    this.reader = reader;
    this.staging = staging;
  }

  /**
   * Reads to the end of the file. Nothing is at work any more when this returns or throws.
   *
   * @param check runs before each stretch and throws where the run is to end
   */
  void readAll(Chunk.Place place, Runnable check) throws InterruptedException {
    Future<?> last = CompletableFuture.completedFuture(null);
    Future<Ready> next = submit(this::prepare);
    try {
      for (Ready ready = get(next); ready != null; ready = get(next)) {
        next = submit(this::prepare);
        check.run();
        Future<?> before = last;
        Chunk chunk = new Chunk(place, ready, () -> get(before));
        last = submit(() -> chunk.commit(transactions));
        chunk.awaitContacts();
        get(before);
      }
      get(last);
    } finally {
      settle(last);
      settle(next);
    }
  }

  private Ready prepare() {
    BlockReader.Stretch stretch = reader.next();
    return stretch == null ? null : new Ready(stretch, staging.encode(stretch.block().rows()));
  }

  private <T> Future<T> submit(Callable<T> work) {
    try {
      return threads.submit(work);
    } catch (RejectedExecutionException e) {
      throw later("Imports are stopping on this node", e);
    }
  }

  static RookeryException later(String detail, Throwable cause) {
    return RookeryException.unavailable(detail, Duration.ofSeconds(5), cause);
  }

  private static <T> T get(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (CancellationException e) {
      throw later("Imports are stopping on this node", e);
    } catch (ExecutionException e) {
      return thrown(e.getCause(), new IllegalStateException("A stretch cannot be read", e));
    }
  }

  private static <T> T thrown(Throwable cause, RuntimeException otherwise) {
    if (cause instanceof RuntimeException own) {
      throw own;
    }
    if (cause instanceof Error own) {
      throw own;
    }
    throw otherwise;
  }

  /** Waits until something has ended in whatever way; an interruption is kept for later. */
  private static void settle(Future<?> future) {
    boolean interrupted = false;
    while (!ended(future)) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean ended(Future<?> future) {
    try {
      future.get();
      return true;
    } catch (InterruptedException e) {
      return false;
    } catch (ExecutionException | CancellationException e) {
      return true;
    }
  }

  /** A stretch with what COPY is to read for it. */
  record Ready(BlockReader.Stretch stretch, byte[] encoded) {}
}
