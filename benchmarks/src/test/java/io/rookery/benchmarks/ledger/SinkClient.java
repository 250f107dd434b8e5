// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends line by line and shows each reply. */
final class SinkClient implements AutoCloseable {

  private final Socket socket;
  private final BufferedReader in;

  SinkClient(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(20_000);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the last line of the next reply, or null where the server hung up. */
  String reply() throws IOException {
    String line = in.readLine();
    while (line != null && line.length() > 3 && line.charAt(3) == '-') {
      line = in.readLine();
    }
    return line;
  }

  /** Opens the session. */
  SinkClient open() throws IOException {
    reply();
    write("EHLO test.example\r\n");
    reply();
    return this;
  }

  /** Sends a message as one group and returns the reply to its final dot. */
  String send(String recipient) throws IOException {
    write("MAIL FROM:<box@bench.example>\r\nRCPT TO:<" + recipient + ">\r\nDATA\r\n");
    String last = "";
    for (int i = 0; i < 3; i++) {
      last = reply();
      if (last == null) {
        return null;
      }
    }
    if (!last.startsWith("354")) {
      return last;
    }
    write("Message-ID: <" + recipient + ">\r\n\r\nHello\r\n.\r\n");
    return reply();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
