// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import io.rookery.itests.running.PostfixSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Postfix's own smtp-source, the yardstick of a campaign's rate. */
final class SmtpSource {

  private SmtpSource() {}

  /** Returns the messages a second that it reaches to a port of this machine, connections kept. */
  static double rate(int port, int messages) throws IOException, InterruptedException {
    Path program =
        PostfixSink.tool("smtp-source")
            .orElseThrow(() -> new IOException("Postfix's smtp-source is not installed"));
    List<String> command =
        List.of(
            program.toString(),
            "-s",
            "10",
            "-m",
            Integer.toString(messages),
            "-l",
            "10240",
            "-d",
            "-f",
            "bench@bench.example",
            "-t",
            "dest@bench.example",
            "127.0.0.1:" + port);
    long begin = System.nanoTime();
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException("smtp-source ended with " + code);
    }
    return messages / ((System.nanoTime() - begin) / 1e9);
  }
}
