// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A name server by TCP (RFC 1035 §4.2.2) for which every name has one address: 127.0.0.1, or
 * 127.0.0.9 for names that begin with {@code elsewhere}, and no other record. It answers one
 * question a connection.
 */
final class TinyDns implements AutoCloseable {

  private static final int HEADER = 12;
  private static final int TYPE_A = 1;

  private final ServerSocket socket;

  TinyDns() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "tiny-dns");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        client.setSoTimeout(5_000);
        DataInputStream in = new DataInputStream(client.getInputStream());
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        byte[] answer = answer(in.readNBytes(in.readUnsignedShort()));
        out.writeShort(answer.length);
        out.write(answer);
      } catch (IOException e) {
        // Closed, or a client that is gone: whoever waits for an answer will say so.
      }
    }
  }

  private static byte[] answer(byte[] asked) {
    int end = HEADER;
    while (asked[end] != 0) {
      end += asked[end] + 1;
    }
    int type = asked[end + 1] << 8 | asked[end + 2] & 0xFF;
    int question = end + 5;
    boolean known = type == TYPE_A;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // The id, an authoritative answer without fault, one question, its answer, nothing besides.
    out.write(asked, 0, 2);
    out.writeBytes(new byte[] {(byte) 0x85, (byte) 0x80, 0, 1, 0, (byte) (known ? 1 : 0)});
    out.writeBytes(new byte[4]);
    out.write(asked, HEADER, question - HEADER);
    if (known) {
      boolean elsewhere =
          new String(asked, HEADER + 1, 9, StandardCharsets.US_ASCII).equals("elsewhere");
      out.writeBytes(new byte[] {(byte) 0xC0, HEADER, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4});
      out.writeBytes(new byte[] {127, 0, 0, (byte) (elsewhere ? 9 : 1)});
    }
    return out.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
