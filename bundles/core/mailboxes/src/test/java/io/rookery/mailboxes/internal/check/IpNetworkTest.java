// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpNetworkTest {

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "192.0.2.0/24", "255.255.255.255/32"})
  void anIp4NetworkShouldBeRead(String text) {
    assertThat(IpNetwork.parse(text).orElseThrow().term()).isEqualTo("ip4:" + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"::", "::1", "2001:db8::/32", "2001:DB8::192.0.2.1/128"})
  void anIp6NetworkShouldBeRead(String text) {
    assertThat(IpNetwork.parse(text).orElseThrow().term()).isEqualTo("ip6:" + text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2.3.400",
        "256.1.1.1",
        "01.2.3.4",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.4/33",
        "12345678",
        "cafe.beef",
        ".::1",
        ":",
        "::1.2.3.400",
        "1::2::3",
        "2001:db8::/129",
        "2001:db8::%1",
        ""
      })
  void whatIsNoLiteralShouldBeRefused(String text) {
    assertThat(IpNetwork.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.3.400", "256.1.1.1", "01.2.3.4", "1.2.3", "cafe.beef", ".::1"})
  void nobodyShouldBeAskedForWhatLooksLikeAName(String text) {
    assertThat(IpNetwork.isLiteral(text)).isFalse();
  }

  @Test
  void aMappedAddressShouldStayIp6() {
    IpNetwork mapped = IpNetwork.parse("::ffff:192.0.2.1/120").orElseThrow();
    assertThat(mapped.address()).isInstanceOf(Inet6Address.class);
    assertThat(mapped.term()).isEqualTo("ip6:::ffff:192.0.2.1/120");
    assertThat(mapped.covers(IpNetwork.parse("::ffff:192.0.2.77").orElseThrow())).isTrue();
    assertThat(mapped.covers(IpNetwork.parse("192.0.2.1").orElseThrow())).isFalse();
  }
}
