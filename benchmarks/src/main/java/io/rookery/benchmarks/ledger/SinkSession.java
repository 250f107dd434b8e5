// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.ledger;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One SMTP session (RFC 5321), with PIPELINING, 8BITMIME and SMTPUTF8. Used by one thread. */
final class SinkSession {

  /** What the sessions share. */
  record Shared(
      Supplier<SinkSettings> settings,
      LedgerFile ledger,
      RateCap cap,
      Bound bound,
      Counters counters) {}

  private static final String DROP = "drop";
  private static final String MUTE = "mute";
  private static final String TOO_FAST = "451 4.7.28 More mail at a time than is taken, slow down";

  private final Shared shared;
  private final String name;
  private final InputStream in;
  private final OutputStream out;
  private final List<String> recipients = new ArrayList<>();
  private String sender;

  SinkSession(Shared shared, String name, Socket socket) throws IOException {
    this.shared = shared;
    this.name = name;
    this.in = new BufferedInputStream(socket.getInputStream(), 1 << 15);
    this.out = new BufferedOutputStream(socket.getOutputStream(), 1 << 12);
  }

  /** Serves until the client leaves, the connection breaks or a fault cuts it. */
  void run() throws IOException, InterruptedException {
    if (!fails(Stage.CONNECT) && !fails(Stage.BANNER)) {
      reply("220 ledger.example ESMTP");
    }
    String line = line();
    while (line != null && serve(line)) {
      line = line();
    }
    out.flush();
  }

  private boolean serve(String line) throws IOException, InterruptedException {
    String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
    switch (verb) {
      case "EHLO", "HELO" -> hello(verb);
      case "MAIL" -> mail(line);
      case "RCPT" -> rcpt(line);
      case "DATA" -> data();
      case "RSET" -> {
        reset();
        reply("250 2.0.0 Reset");
      }
      case "NOOP" -> reply("250 2.0.0 Nothing done");
      case "AUTH" -> reply("235 2.7.0 Whoever you are");
      case "QUIT" -> {
        reply("221 2.0.0 Bye");
        return false;
      }
      default -> reply("502 5.5.1 Not known here");
    }
    return true;
  }

  private void hello(String verb) throws IOException, InterruptedException {
    reset();
    if (fails(Stage.EHLO)) {
      return;
    }
    if (verb.equals("HELO")) {
      reply("250 ledger.example");
      return;
    }
    String[] extensions = shared.settings().get().extensions();
    reply("250-ledger.example");
    for (int i = 0; i < extensions.length; i++) {
      reply((i == extensions.length - 1 ? "250 " : "250-") + extensions[i]);
    }
  }

  private void mail(String line) throws IOException, InterruptedException {
    if (fails(Stage.MAIL)) {
      return;
    }
    reset();
    sender = address(line);
    reply("250 2.1.0 Sender known");
  }

  private void rcpt(String line) throws IOException, InterruptedException {
    String recipient = address(line);
    if (sender == null || recipient.isEmpty()) {
      reply("503 5.5.1 Not now");
    } else if (!shared.bound().admits(System.nanoTime(), shared.settings().get().refuseAbove())) {
      shared.counters().refused();
      reply(TOO_FAST);
    } else if (!fails(Stage.RCPT)) {
      recipients.add(recipient);
      reply("250 2.1.5 Recipient known");
    }
  }

  private static String address(String line) {
    int begin = line.indexOf('<');
    int end = line.indexOf('>', begin);
    return begin < 0 || end < 0 ? "" : line.substring(begin + 1, end);
  }

  private void data() throws IOException, InterruptedException {
    shared.counters().inside(1);
    try {
      if (recipients.isEmpty()) {
        reply("503 5.5.1 To nobody");
        return;
      }
      if (fails(Stage.DATA)) {
        return;
      }
      reply("354 Go on");
      out.flush();
      take(Content.read(in));
    } finally {
      reset();
      shared.counters().inside(-1);
    }
  }

  /** Writes a message down and answers; a 250 comes after the ledger is on the disk. */
  private void take(Content content) throws IOException, InterruptedException {
    pause(Stage.DOT);
    shared.cap().await(shared.settings().get().rate());
    String fault = shared.settings().get().fault(Stage.DOT);
    boolean lose = "lose".equals(fault);
    boolean twice = "twice".equals(fault);
    if (fault != null && !lose && !twice) {
      act(fault);
      return;
    }
    List<String> lines = new ArrayList<>();
    for (String recipient : recipients) {
      String line =
          new LedgerLine(System.currentTimeMillis(), name, recipient, content.messageId(), sender)
              .text();
      lines.add(line);
      if (twice) {
        lines.add(line);
      }
    }
    if (!lose) {
      shared.ledger().append(lines);
    }
    shared.counters().accepted();
    if (!fails(Stage.REPLY)) {
      reply("250 2.0.0 Written down");
      out.flush();
    }
  }

  private boolean fails(Stage stage) throws IOException, InterruptedException {
    pause(stage);
    String fault = shared.settings().get().fault(stage);
    if (fault == null) {
      return false;
    }
    act(fault);
    return true;
  }

  private void pause(Stage stage) throws IOException, InterruptedException {
    long millis = shared.settings().get().delay(stage).toMillis();
    if (millis > 0) {
      out.flush();
      TimeUnit.MILLISECONDS.sleep(millis);
    }
  }

  private void act(String fault) throws IOException {
    if (fault.equals(DROP)) {
      out.flush();
      throw new EOFException("Dropped as told");
    }
    if (!fault.equals(MUTE)) {
      reply(fault);
    }
    out.flush();
  }

  private void reset() {
    sender = null;
    recipients.clear();
  }

  private String line() throws IOException {
    // Replies of a group go out together, once there is no more to read of it (RFC 2920 §3.2).
    if (in.available() == 0) {
      out.flush();
    }
    return Content.line(in);
  }

  private void reply(String text) throws IOException {
    out.write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
  }
}
