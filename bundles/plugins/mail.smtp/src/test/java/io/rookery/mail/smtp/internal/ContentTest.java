// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.kernel.Uuids;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.spi.mail.RawMessage;
import io.rookery.testkit.mail.TestMessages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the receiver gets is what was given, octet by octet. */
@Timeout(60)
class ContentTest {

  private static RawMessage message(byte[] content, boolean eightBit) {
    return new RawMessage(
        Uuids.next(), "sender@rookery.example", List.of("r@r.example"), content, eightBit);
  }

  private static void assertArrives(byte[] content) throws Exception {
    for (String extension : List.of("PIPELINING", "HELP")) {
      try (Rig rig = new Rig()) {
        rig.server.extensions(extension, "8BITMIME");
        rig.send(message(content, true), message(content, true), TestMessages.to("x@r.example"));
        assertThat(rig.outcomes.statuses()).hasSize(3).containsOnly(Status.ACCEPTED);
        assertThat(rig.server.received().get(0).content()).isEqualTo(content);
        assertThat(rig.server.received().get(1).content()).isEqualTo(content);
        assertThat(rig.server.received().get(1).mail()).contains("BODY=8BITMIME");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n",
        ".\r\n",
        "..\r\n",
        "a\r\n.\r\n",
        "a\r\n.\r\nQUIT\r\n",
        ".\r\n.\r\n.\r\n",
        "a\r\n..b\r\n.c\r\n"
      })
  void linesThatBeginWithDotsShouldArrive(String content) throws Exception {
    assertArrives(content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void randomContentOfManySizesShouldArrive() throws Exception {
    Random random = new Random(7);
    for (int size : new int[] {1, 100, 30_000, 65_530, 65_536, 65_540, 131_072, 1_000_000}) {
      assertArrives(lines(random, size));
    }
  }

  private static byte[] lines(Random random, int size) {
    byte[] content = new byte[size + 2];
    for (int i = 0; i < size; i++) {
      int kind = random.nextInt(40);
      content[i] = (byte) (kind < 4 ? '.' : 128 + random.nextInt(127));
      if (kind > 37 && i + 1 < size) {
        content[i] = '\r';
        content[++i] = '\n';
      }
    }
    content[size] = '\r';
    content[size + 1] = '\n';
    return content;
  }

  @Test
  void contentWithoutAFinalLineEndShouldGetOne() throws Exception {
    try (Rig rig = new Rig()) {
      rig.send(message("a\r\n.b".getBytes(StandardCharsets.US_ASCII), false));
      assertThat(rig.server.received().get(0).text()).isEqualTo("a\r\n.b\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\n", "a\n.\n", "a\r", "a\r.\r\n", "\n", "a\r\r\n", "a\r\n\n", "a\r\n.\n"})
  void bareLineEndsShouldBeRejectedBeforeTheWire(String content) throws Exception {
    try (Rig rig = new Rig()) {
      RawMessage smuggled = message(content.getBytes(StandardCharsets.US_ASCII), false);
      rig.send(smuggled, TestMessages.to("x@r.example"));
      assertThat(rig.outcomes.first(smuggled.id()).status()).isEqualTo(Status.REJECTED);
      assertThat(rig.outcomes.first(smuggled.id()).reply().enhancedCode()).isEqualTo("5.6.0");
      assertThat(rig.server.received()).hasSize(1);
    }
  }
}
