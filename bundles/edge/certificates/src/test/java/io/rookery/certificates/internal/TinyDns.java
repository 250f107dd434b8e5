// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;

/**
 * A name server (RFC 1035) for which every name has one address: 127.0.0.1, or 127.0.0.9 for names
 * that begin with {@code elsewhere}, and no other record.
 */
final class TinyDns implements AutoCloseable {

  private static final int HEADER = 12;
  private static final int TYPE_A = 1;

  private final DatagramSocket socket;
  private final Thread thread;

  TinyDns() throws IOException {
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    thread = new Thread(this::serve, "tiny-dns");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    byte[] buffer = new byte[1500];
    while (!socket.isClosed()) {
      try {
        DatagramPacket asked = new DatagramPacket(buffer, buffer.length);
        socket.receive(asked);
        byte[] answer = answer(Arrays.copyOf(buffer, asked.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, asked.getSocketAddress()));
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
      boolean elsewhere = new String(asked, HEADER + 1, 9).equals("elsewhere");
      out.writeBytes(new byte[] {(byte) 0xC0, HEADER, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4});
      out.writeBytes(new byte[] {127, 0, 0, (byte) (elsewhere ? 9 : 1)});
    }
    return out.toByteArray();
  }

  @Override
  public void close() {
    socket.close();
  }
}
