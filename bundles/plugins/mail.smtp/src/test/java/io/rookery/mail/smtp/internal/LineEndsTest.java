// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineEndsTest {

  /** Octets whose neighbours in value or in bits are line ends, and those themselves. */
  private static final byte[] ODD = {
    '\r', '\n', 0, 9, 11, 12, 14, 'x', (byte) 0x8A, (byte) 0x8D, -1
  };

  @Test
  void nextShouldFindWhatAWalkFindsWhereverItBegins() {
    Random random = new Random(5321);
    for (int round = 0; round < 5_000; round++) {
      byte[] content = new byte[random.nextInt(40)];
      int rare = 1 + random.nextInt(20);
      for (int i = 0; i < content.length; i++) {
        content[i] = random.nextInt(rare) > 0 ? (byte) random.nextInt(14, 256) : odd(random);
      }
      int from = random.nextInt(content.length + 1);
      assertThat(LineEnds.next(content, from)).isEqualTo(walk(content, from));
    }
  }

  private static byte odd(Random random) {
    return ODD[random.nextInt(ODD.length)];
  }

  private static int walk(byte[] content, int from) {
    int at = from;
    while (at < content.length && content[at] != '\r' && content[at] != '\n') {
      at++;
    }
    return at;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no end",
        "one\r\n",
        "\r\n\r\n",
        "a line of more than eight octets\r\nand another\r\n"
      })
  void wholeLineEndsShouldBeClean(String content) {
    assertThat(clean(content)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r",
        "\n",
        "a\nb",
        "a\rb",
        "\n\r",
        "\r\r\n",
        "\r\n\n",
        "a long line here\r",
        "12345678\n\r\n"
      })
  void loneOnesShouldNot(String content) {
    assertThat(clean(content)).isFalse();
  }

  private static boolean clean(String content) {
    return LineEnds.areClean(content.getBytes(StandardCharsets.ISO_8859_1));
  }
}
