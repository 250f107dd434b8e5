// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.api;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A kept connection that sends one request after the other, at hardly any cost of its own. */
final class Connection implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 30_000;
  private static final String END = "\r\n\r\n";

  private final Socket socket;
  private final InputStream in;
  private final String head;

  /** Connects to a server; the key may be null. */
  Connection(URI server, String key) throws IOException {
    socket = new Socket(server.getHost(), server.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
    head =
        " HTTP/1.1\r\nHost: "
            + server.getAuthority()
            + (key == null ? "" : "\r\nAuthorization: Bearer " + key);
  }

  /** Sends a request and reads the answer to its end; returns the status. */
  int send(Request request) throws IOException {
    String text = request.method() + " " + request.path() + head;
    if (request.body() != null) {
      int length = request.body().getBytes(StandardCharsets.UTF_8).length;
      String type = "\r\nContent-Type: application/json\r\nContent-Length: ";
      text = text + type + length + END + request.body();
    } else {
      text = text + END;
    }
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    return answer();
  }

  private int answer() throws IOException {
    int status = Integer.parseInt(line().substring(9, 12));
    long length = 0;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String name = header.toLowerCase(Locale.ROOT);
      if (name.startsWith("content-length:")) {
        length = Long.parseLong(name.substring(15).strip());
      }
      chunked |= name.startsWith("transfer-encoding:") && name.endsWith("chunked");
    }
    if (chunked) {
      chunks();
    } else {
      in.skipNBytes(length);
    }
    return status;
  }

  private void chunks() throws IOException {
    int size;
    do {
      size = Integer.parseInt(line(), 16);
      in.skipNBytes(size);
      line();
    } while (size > 0);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("The server closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
