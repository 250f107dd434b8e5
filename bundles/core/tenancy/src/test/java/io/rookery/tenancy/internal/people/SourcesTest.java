// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcesTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff, true",
    "2001:db8:1:2::1, 2001:DB8:1:2:0:0:0:1, true",
    "2001:db8:1:2::1, 2001:db8:1:3::1, false",
    "::ffff:192.0.2.1, 192.0.2.1, true",
    "::ffff:192.0.2.1, ::ffff:192.0.2.2, false",
    "fe80::1%1, fe80::2, true"
  })
  void oneNetworkShouldBeOneSource(String one, String other, boolean same) {
    assertThat(Sources.of(one).equals(Sources.of(other))).isEqualTo(same);
  }
}
