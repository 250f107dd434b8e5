// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.faults;

import io.rookery.mail.smtp.internal.FaultCell;
import io.rookery.mail.smtp.internal.FaultDrill;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Random faults of hostile SMTP servers against one long-lived backend, many at a time. */
public final class SmtpFaults {

  private static final int PARALLEL = 16;
  private static final Duration SILENCE = Duration.ofSeconds(3);

  /** Idle connections are closed after 25 s; a machine that is busy takes longer. */
  private static final Duration SETTLING = Duration.ofMinutes(2);

  private static final int MOST_TOLD = 20;

  private final long seed;
  private final boolean sabotage;
  private final Consumer<String> report;
  private final List<FaultCell> cells = FaultCell.all();
  private final AtomicInteger wrong = new AtomicInteger();

  /**
   * Prepares a run.
   *
   * @param seed decides on the faults
   * @param sabotage whether every hundredth outcome gets lost on its way to the platform
   * @param report where lines for people go
   */
  public SmtpFaults(long seed, boolean sabotage, Consumer<String> report) {
    this.seed = seed;
    this.sabotage = sabotage;
    this.report = report;
  }

  /**
   * What a run found.
   *
   * @param wrong faults with another outcome than the right one
   * @param leaked threads, sockets and megabytes that were left behind
   */
  public record Result(int wrong, int leaked) {}

  /** Runs every cell once to warm up, measures, runs a number of random cells, measures again. */
  public Result run(int count) throws IOException, InterruptedException {
    report.accept("%d kinds of faults, seed %d".formatted(cells.size(), seed));
    try (FaultDrill drill = new FaultDrill(SILENCE)) {
      all(drill, cells.size(), cells::get, true);
      Footprint before = settle(Integer.MAX_VALUE);
      report.accept("before: " + before);
      Random random = new Random(seed);
      List<FaultCell> chosen =
          IntStream.range(0, count).mapToObj(i -> cells.get(random.nextInt(cells.size()))).toList();
      all(drill, count, chosen::get, false);
      Footprint after = settle(before.sockets());
      report.accept("after:  " + after);
      return new Result(wrong.get(), after.beyond(before));
    }
  }

  /** Waits until the backend has closed what was left to its own care. */
  private static Footprint settle(int sockets) throws IOException, InterruptedException {
    long end = System.nanoTime() + SETTLING.toNanos();
    while (Footprint.countSockets() > sockets && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(500);
    }
    return Footprint.now();
  }

  private void all(FaultDrill drill, int count, Choice choice, boolean release)
      throws IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(PARALLEL);
    try {
      List<Future<?>> runs =
          IntStream.range(0, count)
              .<Future<?>>mapToObj(i -> threads.submit(() -> one(drill, choice.of(i), i, release)))
              .toList();
      for (Future<?> run : runs) {
        run.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("A fault could not be run", e);
    } finally {
      threads.shutdownNow();
      threads.awaitTermination(1, TimeUnit.MINUTES);
    }
  }

  private Void one(FaultDrill drill, FaultCell cell, int number, boolean release)
      throws InterruptedException {
    boolean lose = sabotage && number % 100 == 99;
    List<String> complaints = drill.run(cell, release || number % 2 == 0, lose);
    if (!complaints.isEmpty() && wrong.incrementAndGet() <= MOST_TOLD) {
      report.accept(cell + ": " + String.join("; ", complaints));
    }
    return null;
  }

  @FunctionalInterface
  private interface Choice {
    FaultCell of(int number);
  }
}
