// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.running;

import io.rookery.testkit.peers.FreePorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Postfix's smtp-sink on a free port of this machine; it takes every message. */
public final class PostfixSink implements AutoCloseable {

  private static final String PROGRAM = "smtp-sink";

  private final int port;
  private final Process process;

  private PostfixSink(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  /** Returns one of Postfix's programs, or empty where it is not installed. */
  public static Optional<Path> tool(String name) {
    return Stream.concat(
            Stream.of("/usr/sbin", "/usr/libexec/postfix"),
            Stream.of(System.getenv().getOrDefault("PATH", "").split(":")))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts a sink that keeps nothing. */
  public static PostfixSink start() throws IOException, InterruptedException {
    return start(List.of());
  }

  /** Starts a sink that writes each message to a file of its own in a folder. */
  public static PostfixSink start(Path folder) throws IOException, InterruptedException {
    // The sink does not run as root, and whoever it runs as has to write here.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    return start(List.of("-d", folder.resolve("mail.").toString()));
  }

  private static PostfixSink start(List<String> options) throws IOException, InterruptedException {
    int port = FreePorts.next();
    Path program =
        tool(PROGRAM).orElseThrow(() -> new IOException("Postfix's smtp-sink is not installed"));
    List<String> command = new ArrayList<>(List.of(program.toString()));
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("-u", "nobody"));
    }
    command.addAll(options);
    command.addAll(List.of("127.0.0.1:" + port, "1000"));
    PostfixSink sink = new PostfixSink(port, new ProcessBuilder(command).inheritIO().start());
    while (!sink.answers()) {
      if (!sink.process.isAlive()) {
        throw new IOException("smtp-sink ended by itself");
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return sink;
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns where it listens. */
  public int port() {
    return port;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
