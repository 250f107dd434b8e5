// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.ledger;

import io.rookery.testkit.peers.FreePorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A {@link LedgerSink} seen from the harness: started, killed, started again on its port and its
 * ledger, told how to behave. Settings outlive a kill. Not thread-safe but for {@link #status}.
 */
public final class SinkProcess implements AutoCloseable {

  /**
   * What goes on in the sink.
   *
   * @param insideData connections between DATA and the final reply
   * @param connections open connections
   * @param accepted messages acknowledged since its last start
   * @param refused messages refused as too many at a time since its last start
   */
  public record Status(int insideData, int connections, long accepted, long refused) {}

  private final Path ledger;
  private final int port;
  private final int control;
  private final Map<String, String> settings = new TreeMap<>();
  private Process process;

  private SinkProcess(Path ledger, int port, int control) {
    this.ledger = ledger;
    this.port = port;
    this.control = control;
    Runtime.getRuntime().addShutdownHook(new Thread(this::destroy));
  }

  /** Starts a sink on free ports with a ledger, which may exist. */
  public static SinkProcess start(Path ledger) throws IOException, InterruptedException {
    SinkProcess sink = new SinkProcess(ledger, FreePorts.next(), FreePorts.next());
    sink.start();
    return sink;
  }

  /** Starts it again after a kill; returns once it answers. */
  public void start() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(LedgerSink.class.getName());
    command.addAll(List.of(Integer.toString(port), Integer.toString(control), ledger.toString()));
    settings.forEach((key, value) -> command.add(key + "=" + value));
    process = new ProcessBuilder(command).inheritIO().start();
    while (!listens()) {
      if (!process.isAlive()) {
        throw new IOException("The ledger sink ended by itself with " + process.exitValue());
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends it as {@code kill -9} does; returns once it is dead. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Changes a setting at once; see {@link SinkSettings} for the keys. Null takes it away. */
  public SinkProcess set(String key, String value) throws IOException {
    if (value == null) {
      settings.remove(key);
    } else {
      settings.put(key, value);
    }
    List<String> lines = new ArrayList<>();
    settings.forEach((name, is) -> lines.add(name + "=" + is));
    String answer = ask(String.join("\t", lines));
    if (!answer.equals("ok")) {
      throw new IllegalArgumentException(answer);
    }
    return this;
  }

  /** Slows a stage down by so many milliseconds. */
  public SinkProcess delay(Stage stage, int millis) throws IOException {
    return set("delay." + stage, millis == 0 ? null : Integer.toString(millis));
  }

  /** Has a stage fail, as {@link Fault} says; null ends that. */
  public SinkProcess fault(Stage stage, String fault) throws IOException {
    return set("fault." + stage, fault);
  }

  /** Takes at most so many messages a second; 0 lifts the cap. */
  public SinkProcess rate(double perSecond) throws IOException {
    return set("rate", Double.toString(perSecond));
  }

  /** Refuses for now what comes faster than so many a second; 0 takes all. */
  public SinkProcess refuseAbove(double perSecond) throws IOException {
    return set("refuse.above", perSecond == 0 ? null : Double.toString(perSecond));
  }

  /** Returns what goes on in it now. */
  public Status status() throws IOException {
    String[] counts = ask("status").split(" ");
    return new Status(
        Integer.parseInt(counts[0]),
        Integer.parseInt(counts[1]),
        Long.parseLong(counts[2]),
        Long.parseLong(counts[3]));
  }

  private String ask(String line) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), control), 2_000);
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      String answer =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
              .readLine();
      if (answer == null) {
        throw new IOException("The ledger sink hung up");
      }
      return answer;
    }
  }

  /** Returns where it takes mail, on loopback. */
  public int port() {
    return port;
  }

  /** Returns its ledger, for an account at any time. */
  public Path ledger() {
    return ledger;
  }

  private void destroy() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Override
  public void close() {
    destroy();
  }
}
