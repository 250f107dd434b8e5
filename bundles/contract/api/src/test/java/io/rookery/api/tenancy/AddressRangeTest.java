// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7,192.0.2.7/32",
    "192.0.2.7/24,192.0.2.0/24",
    "0.0.0.0/0,0.0.0.0/0",
    "10.255.0.0/12,10.240.0.0/12",
    "2001:DB8:0:0:1:0:0:1,2001:db8::1:0:0:1/128",
    "2001:db8:ffff::/33,2001:db8:8000::/33",
    "2001:db8:0:1:1:1:1:1,2001:db8:0:1:1:1:1:1/128",
    "::/0,::/0",
    "::1,::1/128",
    "1::,1::/128",
    "::ffff:192.0.2.7,192.0.2.7/32",
    "::ffff:c000:207/120,192.0.2.0/24",
    "::FFFF:192.0.2.7/96,0.0.0.0/0"
  })
  void rangesShouldBeCanonical(String text, String canonical) {
    assertThat(AddressRange.parse(text).map(AddressRange::toString)).contains(canonical);
    assertThat(AddressRange.parse(canonical)).isEqualTo(AddressRange.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/08",
        "10.0.0.0/+8",
        "10.0.0/8",
        "10.0.0.0.0",
        "10.0.0.0.",
        "010.0.0.1",
        "256.0.0.1",
        "0x0a.0.0.1",
        "167772161",
        "localhost",
        "example.org",
        "::/129",
        "::ffff:10.0.0.0/95",
        ":::",
        "1:2:3:4:5:6:7:8:9",
        "fe80::1%eth0",
        "[::1]",
        " 10.0.0.1",
        "10.0.0.1 ",
        "10.0.0.0/8/8"
      })
  void whatIsNoRangeShouldNotBeRead(String text) {
    assertThat(AddressRange.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/25,192.0.2.127,true",
    "192.0.2.0/25,192.0.2.128,false",
    "192.0.2.0/25,::ffff:192.0.2.1,true",
    "::ffff:192.0.2.0/121,192.0.2.127,true",
    "192.0.2.0/25,2001:db8::1,false",
    "::/0,192.0.2.1,false",
    "0.0.0.0/0,::1,false",
    "2001:db8::/33,2001:db8:7fff::1,true",
    "2001:db8::/33,2001:db8:8000::1,false"
  })
  void addressesShouldLieWithinOrNot(String range, String address, boolean within) {
    assertThat(
            AddressRange.parse(range)
                .orElseThrow()
                .contains(AddressRange.address(address).orElseThrow()))
        .isEqualTo(within);
  }

  @Test
  void aRangeShouldHoldNarrowerOnesOfItsFamily() {
    AddressRange wide = AddressRange.parse("10.0.0.0/8").orElseThrow();
    assertThat(wide.contains(AddressRange.parse("10.1.0.0/16").orElseThrow())).isTrue();
    assertThat(wide.contains(wide)).isTrue();
    assertThat(wide.contains(AddressRange.parse("11.0.0.0/16").orElseThrow())).isFalse();
    assertThat(wide.contains(AddressRange.parse("0.0.0.0/0").orElseThrow())).isFalse();
    assertThat(wide.contains(AddressRange.parse("a00::/8").orElseThrow())).isFalse();
  }
}
