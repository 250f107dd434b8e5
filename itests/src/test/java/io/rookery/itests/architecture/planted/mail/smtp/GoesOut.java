// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.architecture.planted.mail.smtp;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URL;
import java.net.http.HttpClient;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSocketFactory;

/** A plugin that connects by itself, in every way that there is; and one way that is right. */
final class GoesOut {

  private GoesOut() {}

  static Socket socket() throws IOException {
    return new Socket("127.0.0.1", 25);
  }

  static Socket layered(SSLSocketFactory tls, Socket guarded) throws IOException {
    return tls.createSocket(guarded, "mail.example", 465, true);
  }

  static SocketChannel channel() throws IOException {
    return SocketChannel.open(new InetSocketAddress("127.0.0.1", 25));
  }

  static HttpClient http() {
    return HttpClient.newHttpClient();
  }

  static Object url() throws IOException {
    return new URL("http://127.0.0.1/").openStream();
  }

  static DatagramSocket datagram() throws IOException {
    return new DatagramSocket();
  }
}
