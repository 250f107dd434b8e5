// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A client at another address of the loopback network, as the platform sees it. */
final class Elsewhere {

  private static final int PATIENCE_MILLIS = 60_000;

  private final String address;

  Elsewhere(String address) {
    this.address = address;
  }

  /** Posts a body to the API; returns the answer's status. */
  int post(String path, Object body) throws IOException, InterruptedException {
    byte[] json = new ObjectMapper().writeValueAsBytes(body);
    int port = Platform.running().root().getPort();
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.bind(new InetSocketAddress(address, 0));
      socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
      String head =
          "POST /api/v1/%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n"
              + "Content-Length: %d\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(head.formatted(path, port, json.length).getBytes(UTF_8));
      socket.getOutputStream().write(json);
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      return Integer.parseInt(answer.substring(9, 12));
    }
  }
}
