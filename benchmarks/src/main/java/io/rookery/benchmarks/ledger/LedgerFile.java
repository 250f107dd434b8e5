// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The ledger as it is written. Lines of many connections share one fsync: whoever finds nobody
 * writing writes for all that have come until then. Thread-safe.
 */
final class LedgerFile implements AutoCloseable {

  private final FileChannel channel;
  private List<String> waiting = new ArrayList<>();
  private long added;
  private long durable;
  private boolean writing;

  LedgerFile(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.position(channel.size());
    if (channel.size() > 0) {
      // Ends a line that a crash may have cut off; an empty line does no harm.
      write("\n");
    }
  }

  /** Appends lines and returns once they are on the disk. */
  void append(List<String> lines) throws IOException, InterruptedException {
    List<String> block;
    long upTo;
    synchronized (this) {
      waiting.addAll(lines);
      added += lines.size();
      long mine = added;
      while (writing && durable < mine) {
        wait();
      }
      if (durable >= mine) {
        return;
      }
      writing = true;
      block = waiting;
      upTo = added;
      waiting = new ArrayList<>();
    }
    try {
      write(String.join("", block));
      synchronized (this) {
        durable = upTo;
      }
    } finally {
      synchronized (this) {
        writing = false;
        notifyAll();
      }
    }
  }

  private void write(String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
