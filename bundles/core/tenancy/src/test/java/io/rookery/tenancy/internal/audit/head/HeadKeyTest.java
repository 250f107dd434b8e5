// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.head;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HeadKeyTest {

  private static final HexFormat HEX = HexFormat.of();

  /** The first test of RFC 8032 §7.1. */
  private static final byte[] SEED =
      HEX.parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

  @Test
  void aKeyShouldBeTheOneOfItsSeed() {
    HeadKey key = new HeadKey(1, SEED);
    byte[] publicKey = Base64.getDecoder().decode(key.publicKey());
    byte[] signature = key.sign(new byte[0]);

    assertThat(HEX.formatHex(publicKey))
        .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    assertThat(HEX.formatHex(signature))
        .isEqualTo(
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
                + "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
    assertThat(key.verifies(new byte[0], signature)).isTrue();
    assertThat(key.verifies(new byte[1], signature)).isFalse();
    assertThat(key.verifies(new byte[0], new byte[3])).isFalse();
  }
}
