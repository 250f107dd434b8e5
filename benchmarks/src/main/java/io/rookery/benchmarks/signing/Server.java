// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.signing;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server of others, run in a folder on a port of the loopback interface. */
final class Server implements AutoCloseable {

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(90);

  private final Process process;
  private final File log;
  private final int port;

  private Server(Process process, File log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /** Starts a program and waits until its port takes connections. */
  static Server start(Path folder, int port, List<String> command)
      throws IOException, InterruptedException {
    File log = folder.resolve("log").toFile();
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    Server server = new Server(process, log, port);
    long end = System.nanoTime() + PATIENCE;
    while (!server.listens()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        server.close();
        throw new IOException(command.get(0) + " does not start: " + server.said());
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return server;
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String said() throws IOException {
    String text = Files.readString(log.toPath());
    return text.substring(Math.max(0, text.length() - 2000));
  }

  int port() {
    return port;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
