// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An SMTP server that writes each message down, durably, before it says 250. It is a process of its
 * own, as it is there to be killed. Arguments: SMTP port, control port, ledger file, then settings
 * as {@code key=value}. The control port takes one line a connection: {@code status}, or all the
 * settings, with tabs between, that replace those in force.
 */
public final class LedgerSink {

  private final SinkSession.Shared shared;
  private final AtomicLong numbers = new AtomicLong();
  private final String run = Long.toString(System.currentTimeMillis(), 36);
  private final Counters counters = new Counters();
  private volatile SinkSettings settings;

  private LedgerSink(Path ledger, SinkSettings settings) throws IOException {
    this.settings = settings;
    this.shared =
        new SinkSession.Shared(
            () -> this.settings,
            new LedgerFile(ledger),
            new RateCap(System.nanoTime()),
            new Bound(System.nanoTime()),
            counters);
  }

  /** Serves until the process is killed. */
  public static void main(String[] arguments) throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    for (int i = 3; i < arguments.length; i++) {
      put(settings, arguments[i]);
    }
    LedgerSink sink = new LedgerSink(Path.of(arguments[2]), SinkSettings.of(settings));
    ServerSocket control = listen(Integer.parseInt(arguments[1]));
    Thread thread = new Thread(() -> sink.listenForControl(control), "control");
    thread.setDaemon(true);
    thread.start();
    sink.serve(listen(Integer.parseInt(arguments[0])));
  }

  private static ServerSocket listen(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    // After a kill the port's old connections linger.
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
    return socket;
  }

  private static void put(Map<String, String> settings, String setting) {
    int equals = setting.indexOf('=');
    settings.put(setting.substring(0, equals), setting.substring(equals + 1));
  }

  private void serve(ServerSocket server) throws IOException {
    while (true) {
      Socket socket = server.accept();
      String name = run + "-" + numbers.incrementAndGet();
      Thread thread = new Thread(() -> serve(socket, name), name);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void serve(Socket socket, String name) {
    counters.connected(1);
    try (socket) {
      socket.setTcpNoDelay(true);
      new SinkSession(shared, name, socket).run();
    } catch (IOException e) {
      // The client is gone, or a fault was to cut the connection.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      counters.connected(-1);
    }
  }

  private void listenForControl(ServerSocket server) {
    while (true) {
      try (Socket socket = server.accept();
          BufferedReader in =
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
          Writer out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8)) {
        out.write(control(in.readLine()) + "\n");
      } catch (IOException e) {
        // Whoever asked is gone.
      }
    }
  }

  private String control(String line) {
    if (line == null || line.equals("status")) {
      return counters.text();
    }
    try {
      Map<String, String> values = new LinkedHashMap<>();
      for (String setting : line.split("\t")) {
        if (!setting.isEmpty()) {
          put(values, setting);
        }
      }
      settings = SinkSettings.of(values);
      return "ok";
    } catch (RuntimeException e) {
      return "refused " + e.getMessage();
    }
  }
}
