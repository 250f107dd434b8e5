// SPDX-License-Identifier: Apache-2.0
package io.rookery.egress.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.spi.plugin.Destination;
import io.rookery.spi.plugin.Destination.Protocol;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways around the guard that a plain table of networks leaves open. */
class EgressEvasionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::ffff:0:127.0.0.1",
        "::ffff:0:10.1.2.3",
        "2600::5efe:10.0.0.1",
        "2600::200:5efe:192.168.1.1",
        "2600::5efe:169.254.169.254",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2002:c0a8:101::1"
      })
  void anAddressThatCarriesAPrivateOneShouldBeSpecial(String address) throws UnknownHostException {
    assertThat(SpecialNetworks.hold(InetAddress.getByName(address).getAddress())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "64:ff9b::808:808",
        "2600::5efe:808:808",
        "2600::5eff:10.0.0.1",
        "2600::100:5efe:a00:1"
      })
  void anAddressThatCarriesNoneShouldNot(String address) throws UnknownHostException {
    assertThat(SpecialNetworks.hold(InetAddress.getByName(address).getAddress())).isFalse();
  }

  @Test
  void aProxyOfTheJvmShouldNotConnectInsteadOfTheGuard() throws Exception {
    InetAddress here = InetAddress.getByName("127.0.0.1");
    System.setProperty("socksProxyHost", "192.0.2.1");
    System.setProperty("socksNonProxyHosts", "");
    try (ServerSocket server = new ServerSocket(0, 1, here)) {
      EgressGuardService guard =
          new EgressGuardService(
              new EgressRules("127.0.0.0/8", "1024-65535"), InetAddress::getAllByName);
      Destination there =
          new Destination(Protocol.SMTP, "127.0.0.1", server.getLocalPort(), Duration.ofSeconds(2));
      try (Socket socket = guard.connect(there)) {
        assertThat(socket.getRemoteSocketAddress()).isEqualTo(server.getLocalSocketAddress());
      }
    } finally {
      System.clearProperty("socksProxyHost");
      System.clearProperty("socksNonProxyHosts");
    }
  }

  @Test
  void aSilentAddressShouldLeaveTimeForTheNext() {
    assertThat(EgressGuardService.share(20_000, 4)).isEqualTo(5_000);
    assertThat(EgressGuardService.share(20_000, 1)).isEqualTo(20_000);
    assertThat(EgressGuardService.share(600, 8)).as("none gets too little").isEqualTo(250);
    assertThat(EgressGuardService.share(100, 8)).as("nor more than is left").isEqualTo(100);
  }
}
