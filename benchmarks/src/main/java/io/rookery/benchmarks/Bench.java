// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import io.rookery.itests.running.Rest;
import io.rookery.itests.running.RunningRookery;
import io.rookery.itests.running.TenantKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** A Rookery with one tenant, in a folder that is removed at the end. */
final class Bench implements AutoCloseable {

  private final Path folder;
  private final RunningRookery rookery;
  private final TenantKey tenant;

  private Bench(Path folder, RunningRookery rookery, TenantKey tenant) {
    this.folder = folder;
    this.rookery = rookery;
    this.tenant = tenant;
  }

  /** Sets up what is about to be started. */
  @FunctionalInterface
  interface Setup {

    void of(RunningRookery rookery) throws IOException;
  }

  static Bench start(String name) throws IOException, InterruptedException {
    return start(name, rookery -> {});
  }

  /** Starts it with options of the JVM. */
  static Bench start(String name, String jvm) throws IOException, InterruptedException {
    return start(name, rookery -> rookery.withJvm(jvm));
  }

  /** Starts it as it was set up. */
  static Bench start(String name, Setup setup) throws IOException, InterruptedException {
    Path distribution = Path.of(System.getProperty("rookery.distribution"));
    Path folder = Files.createTempDirectory("rookery-" + name + "-");
    // The database server runs as another user and has to reach its files.
    folder.toFile().setExecutable(true, false);
    folder.toFile().setReadable(true, false);
    RunningRookery rookery = RunningRookery.unpack(distribution, folder.resolve("home"));
    setup.of(rookery);
    rookery.start();
    return new Bench(folder, rookery, TenantKey.create(rookery, "bench"));
  }

  RunningRookery rookery() {
    return rookery;
  }

  TenantKey tenant() {
    return tenant;
  }

  Rest rest() {
    return new Rest(rookery.root(), tenant.key());
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Returns the median time of a small write with fsync on this disk, in microseconds. */
  double fsyncMicros() throws IOException {
    double[] micros = new double[51];
    try (FileChannel channel =
        FileChannel.open(file("fsync"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int i = 0; i < micros.length; i++) {
        channel.write(ByteBuffer.allocate(512));
        long begin = System.nanoTime();
        channel.force(true);
        micros[i] = (System.nanoTime() - begin) / 1000.0;
      }
    }
    return Report.median(micros);
  }

  @Override
  public void close() throws InterruptedException, IOException {
    rookery.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(Bench::delete);
    }
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
