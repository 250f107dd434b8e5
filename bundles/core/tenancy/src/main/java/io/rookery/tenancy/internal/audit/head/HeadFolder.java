// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.head;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.rookery.tenancy.internal.audit.head.Head.Signed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A folder of copied heads: one file a day by UTC, which is only ever added to. What was added is
 * on the disk when the call returns. A line that a crash cut off is closed by the next one, and its
 * head copied again.
 */
public final class HeadFolder implements HeadStore {

  private static final String NAME = "heads-%s.txt";

  /** Those of days, and those of an object store, whose names go on with a time. */
  private static final String NAMES = "heads-\\d{4}-\\d{2}-\\d{2}(T[\\d.-]+Z-[0-9a-f]+)?\\.txt";

  private final Path folder;

  /** Copies to a folder, which is made with the first copy. */
  public HeadFolder(Path folder) {
    this.folder = folder;
  }

  /** Returns the folder. */
  public Path path() {
    return folder;
  }

  @Override
  public String place() {
    return folder.toString();
  }

  /** Adds heads to the file of a day. */
  @Override
  public void append(List<Signed> heads, Instant now) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(NAME.formatted(now.atZone(ZoneOffset.UTC).toLocalDate()));
    boolean fresh = !Files.exists(file);
    String lines = HeadLines.write(heads);
    try (FileChannel channel = FileChannel.open(file, CREATE, WRITE, APPEND)) {
      String closing = endsOpen(file) ? "\n" : "";
      ByteBuffer bytes = ByteBuffer.wrap((closing + lines).getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    if (fresh) {
      sync(folder);
    }
  }

  private static boolean endsOpen(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return channel.size() > 0
          && channel.read(last, channel.size() - 1) == 1
          && last.get(0) != '\n';
    }
  }

  /** The name of a new file is safe once its folder is. */
  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    }
  }

  @Override
  public long read(Consumer<List<Signed>> heads) throws IOException {
    long unreadable = 0;
    for (Path file : files()) {
      unreadable += read(file, heads);
    }
    return unreadable;
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> path.getFileName().toString().matches(NAMES)).sorted().toList();
    }
  }

  private static long read(Path file, Consumer<List<Signed>> heads) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      return HeadLines.read(lines.lines().iterator(), heads);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
