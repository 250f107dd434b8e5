// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.tenancy.AddressRange;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceAddressesTest {

  private final SourceAddresses sources =
      SourceAddresses.of("10.0.0.0/8, 2001:db8::/32", "192.0.2.9");

  private static InetAddress address(String text) {
    return AddressRange.address(text).orElseThrow();
  }

  private InetAddress source(String peer, String... forwarded) {
    return sources.of(peer, List.of(forwarded));
  }

  @Test
  void aPeerThatIsNotTrustedShouldBeTheSourceWhateverItWrites() {
    assertThat(source("203.0.113.5")).isEqualTo(address("203.0.113.5"));
    assertThat(source("203.0.113.5", "10.0.0.1")).isEqualTo(address("203.0.113.5"));
    assertThat(source("203.0.113.5", "198.51.100.1, 10.0.0.1")).isEqualTo(address("203.0.113.5"));
    assertThat(new SourceAddresses().of("10.0.0.1", List.of("198.51.100.1")))
        .isEqualTo(address("10.0.0.1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "198.51.100.1|198.51.100.1",
        "1.1.1.1, 198.51.100.1|198.51.100.1",
        "10.0.0.7, 198.51.100.1, 10.0.0.2, 192.0.2.9|198.51.100.1",
        "198.51.100.1, 10.0.0.2|198.51.100.1",
        "10.0.0.3, 10.0.0.2|10.0.0.3",
        "nonsense, 198.51.100.1|198.51.100.1",
        "198.51.100.1, nonsense|10.0.0.1",
        "198.51.100.1, nonsense, 10.0.0.2|10.0.0.2",
        "198.51.100.1,, 10.0.0.2|10.0.0.2",
        "unknown|10.0.0.1",
        "''|10.0.0.1",
        "2a00::5|2a00::5",
        "[2a00::5]:443|2a00::5",
        "[2a00::5|10.0.0.1",
        "[]|10.0.0.1",
        "2a00::5, 2001:db8::1|2a00::5",
        "198.51.100.1:5555|198.51.100.1",
        "::ffff:198.51.100.1|198.51.100.1",
        "::ffff:198.51.100.1, ::ffff:10.0.0.2|198.51.100.1",
        "localhost|10.0.0.1"
      })
  void theRightMostEntryThatIsNoProxyShouldBeTheSource(String forwarded, String expected) {
    assertThat(source("10.0.0.1", forwarded)).isEqualTo(address(expected));
  }

  @Test
  void severalHeadersShouldBeOneList() {
    assertThat(source("10.0.0.1", "1.1.1.1", "198.51.100.1", "10.0.0.2"))
        .isEqualTo(address("198.51.100.1"));
  }

  @Test
  void manyEntriesShouldBeReadFromTheRight() {
    String[] proxies = new String[5000];
    Arrays.fill(proxies, "10.0.0.2");
    assertThat(source("10.0.0.1", "1.1.1.1, 198.51.100.1, " + String.join(",", proxies)))
        .isEqualTo(address("198.51.100.1"));
  }

  @Test
  void peersShouldBeReadAsTheContainerWritesThem() {
    assertThat(source("[2a00:0:0:0:0:0:0:5]")).isEqualTo(address("2a00::5"));
    assertThat(source("fe80:0:0:0:0:0:0:1%eth0")).isEqualTo(address("fe80::1"));
    assertThat(source(null, "198.51.100.1")).isNull();
    assertThat(source("nonsense", "198.51.100.1")).isNull();
  }

  @Test
  void whatIsNoRangeShouldTrustNobody() {
    SourceAddresses wrong = SourceAddresses.of("10.0.0.0/33", "proxy.example", "");
    assertThat(wrong.of("10.0.0.1", List.of("198.51.100.1"))).isEqualTo(address("10.0.0.1"));
  }
}
