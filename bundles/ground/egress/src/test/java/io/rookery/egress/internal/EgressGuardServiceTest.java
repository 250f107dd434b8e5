// SPDX-License-Identifier: Apache-2.0
package io.rookery.egress.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.spi.plugin.Destination;
import io.rookery.spi.plugin.Destination.Protocol;
import io.rookery.spi.plugin.EgressRefusedException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressGuardServiceTest {

  private static final Duration SHORT = Duration.ofSeconds(5);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "::1",
        "::ffff:127.0.0.1",
        "169.254.169.254",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "0.0.0.0",
        "255.255.255.255",
        "224.0.0.1",
        "240.0.0.1",
        "198.18.0.1",
        "192.0.2.1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "::7f00:1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "2001:0:0:0::1",
        "2130706433",
        "0177.0.0.1",
        "0x7f.0.0.1",
        "0x7f000001",
        "127.1",
        "localhost"
      })
  void anAddressThatIsNotPublicShouldBeRefused(String host) {
    EgressGuardService guard =
        new EgressGuardService(new EgressRules("", ""), InetAddress::getAllByName);

    assertThatThrownBy(() -> guard.connect(to(host, 25)))
        .isInstanceOf(EgressRefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2002:808:808::"})
  void aPublicAddressShouldPassTheRules(String host) throws Exception {
    new EgressRules("", "").check(InetAddress.getByName(host));
    assertThat(SpecialNetworks.hold(InetAddress.getByName(host).getAddress())).isFalse();
  }

  @Test
  void aPortShouldBelongToItsProtocolUnlessAllowed() throws Exception {

    new EgressRules("", "").check(Protocol.SMTP, 587);
    new EgressRules("", "2222").check(Protocol.SSH, 2222);
    new EgressRules("", "25, 2500-2600").check(Protocol.SSH, 2600);
    assertThatThrownBy(() -> new EgressRules("10.0.0.0/8", "2500-2600").check(Protocol.SMTP, 2601))
        .isInstanceOf(EgressRefusedException.class);
    assertThatThrownBy(() -> new EgressRules("", "2500-x")).hasMessageContaining("2500-x");
    assertThatThrownBy(() -> new EgressRules("", "").check(Protocol.SMTP, 22))
        .isInstanceOf(EgressRefusedException.class)
        .hasMessageContaining("allowed.ports");
  }

  @Test
  void aNetworkThatTheOperatorListsShouldBeReached() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      EgressGuardService guard =
          new EgressGuardService(
              new EgressRules("127.0.0.0/8, ::1/128", "1024-65535"), InetAddress::getAllByName);
      try (Socket socket = guard.connect(to("127.0.0.1", server.getLocalPort()))) {
        assertThat(socket.getTcpNoDelay()).isTrue();
        assertThat(socket.isConnected()).isTrue();
      }
    }
  }

  @Test
  void aNameThatChangesItsAddressShouldGainNothing() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    InetAddress there = InetAddress.getByName("127.0.0.2");
    InetAddress here = InetAddress.getByName("127.0.0.1");
    try (ServerSocket server = new ServerSocket(0, 1, here)) {
      // First a listed address, then one that is not: what was checked is what is connected to.
      EgressGuardService guard =
          new EgressGuardService(
              new EgressRules("127.0.0.2/32", "1024-65535"),
              host -> new InetAddress[] {asked.getAndIncrement() == 0 ? there : here});

      assertThatThrownBy(() -> guard.connect(to("rebind.example", server.getLocalPort())))
          .isNotInstanceOf(EgressRefusedException.class);
      assertThat(asked).hasValue(1);
      assertThatThrownBy(() -> guard.connect(to("rebind.example", server.getLocalPort())))
          .isInstanceOf(EgressRefusedException.class);
    }
  }

  @Test
  void oneForbiddenAddressAmongManyShouldBePassedOver() throws Exception {
    InetAddress forbidden = InetAddress.getByName("10.1.1.1");
    InetAddress listed = InetAddress.getByName("127.0.0.1");
    try (ServerSocket server = new ServerSocket(0, 1, listed)) {
      EgressGuardService guard =
          new EgressGuardService(
              new EgressRules("127.0.0.0/8", "1024-65535"),
              host -> new InetAddress[] {forbidden, listed});
      try (Socket socket = guard.connect(to("two.example", server.getLocalPort()))) {
        assertThat(socket.getInetAddress()).isEqualTo(listed);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "example.org/8", "10.0.0.0/x", "/8"})
  void aNetworkThatIsNoneShouldBeNamed(String text) {
    assertThatThrownBy(() -> new EgressRules(text, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }

  private static Destination to(String host, int port) {
    return new Destination(Protocol.SMTP, host, port, SHORT);
  }
}
