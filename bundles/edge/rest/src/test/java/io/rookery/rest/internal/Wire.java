// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Requests as they go over the wire, also such as no client library would send. */
final class Wire {

  private static final int PATIENCE = 60_000;

  private Wire() {}

  /** Returns all that comes back for octets, until the server closes. */
  static String send(int port, String request) throws IOException {
    try (Socket socket = open(port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  static Socket open(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE);
    return socket;
  }

  /** Returns a header of an answer. */
  static Optional<String> header(String answer, String name) {
    String head = answer.split("\r\n\r\n", 2)[0];
    return head.lines()
        .filter(
            line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }
}
