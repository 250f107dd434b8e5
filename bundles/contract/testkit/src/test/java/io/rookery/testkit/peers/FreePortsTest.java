// SPDX-License-Identifier: Apache-2.0
package io.rookery.testkit.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortsTest {

  @Test
  void nextShouldNeverNameAPortTwice() throws Exception {
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      assertThat(seen.add(FreePorts.next())).isTrue();
    }
  }

  @Test
  void nextShouldLieOutsideWhatOutgoingConnectionsTake() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket outgoing = new Socket(server.getInetAddress(), server.getLocalPort())) {
      assertThat(FreePorts.next()).isLessThan(outgoing.getLocalPort());
    }
  }

  @Test
  void nextShouldNamePortsThatCanBeListenedOn() throws Exception {
    try (ServerSocket server =
        new ServerSocket(FreePorts.next(), 1, InetAddress.getLoopbackAddress())) {
      assertThat(server.isBound()).isTrue();
    }
  }
}
