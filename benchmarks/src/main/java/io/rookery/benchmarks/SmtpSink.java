// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Postfix's own sink and source, on a free port of this machine. */
final class SmtpSink implements AutoCloseable {

  private final int port;
  private final Process process;

  private SmtpSink(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  static SmtpSink start() throws IOException, InterruptedException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    // The sink refuses to run as root.
    boolean root = System.getProperty("user.name").equals("root");
    String address = "127.0.0.1:" + port;
    List<String> command =
        root
            ? List.of(tool("smtp-sink"), "-u", "nobody", address, "1000")
            : List.of(tool("smtp-sink"), address, "1000");
    SmtpSink sink = new SmtpSink(port, new ProcessBuilder(command).inheritIO().start());
    while (!sink.answers()) {
      if (!sink.process.isAlive()) {
        throw new IOException("smtp-sink ended by itself; is Postfix installed?");
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return sink;
  }

  private static String tool(String name) {
    return new File("/usr/sbin/" + name).canExecute() ? "/usr/sbin/" + name : name;
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  int port() {
    return port;
  }

  /** Returns the messages a second that smtp-source reaches with kept connections. */
  double source(int messages) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            tool("smtp-source"),
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

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
