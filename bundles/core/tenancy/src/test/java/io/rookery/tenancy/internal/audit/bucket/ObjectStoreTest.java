// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.bucket;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stores that do not end what they begin to say. */
@Timeout(60)
class ObjectStoreTest {

  @Test
  void aBodyThatStopsShouldNotBeWaitedForWithoutEnd() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread talker = new Thread(() -> begin(server));
      talker.setDaemon(true);
      talker.start();
      URI address = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/heads");
      ObjectStore store =
          new ObjectStore(
              new Bucket(address, "eu-central-1", "", "AKID", null),
              () -> ObjectPeer.KEY,
              Clock.systemUTC(),
              Duration.ofSeconds(1));
      assertThatThrownBy(() -> store.get("head"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("was not whole within");
    }
  }

  private static void begin(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket
          .getOutputStream()
          .write(
              "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhe".getBytes(StandardCharsets.UTF_8));
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
