// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.mime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

/** Looks at the wire itself; that any text comes back is {@link MimeWriterTest}'s. */
class QuotedPrintableTest {

  @Test
  void lineOfAnyLengthShouldStayWithinSeventySixOctetsAndComeBack() throws Exception {
    for (int length = 0; length < 240; length++) {
      for (String unit : new String[] {"a", ".", " ", "=", "€", "a. =€\t"}) {
        String text = unit.repeat(length / unit.length() + 1);
        String wire = encode(text);

        assertThat(wire.lines()).allMatch(line -> line.length() <= 76);
        assertThat(wire.lines()).noneMatch(line -> line.startsWith("."));
        assertThat(wire.lines()).noneMatch(line -> line.endsWith(" ") || line.endsWith("\t"));
        assertThat(decode(wire)).isEqualTo(text);
      }
    }
  }

  @Test
  void everyLineEndShouldBecomeOne() throws Exception {
    assertThat(encode("a\nb\rc\r\nd\n\r\n")).isEqualTo("a\r\nb\r\nc\r\nd\r\n\r\n");
    assertThat(encode("a \n.\t\r\n")).isEqualTo("a=20\r\n=2E=09\r\n");
  }

  private static String encode(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    QuotedPrintable.encode(text, out);
    return out.toString(UTF_8);
  }

  private static String decode(String wire) throws Exception {
    byte[] octets = wire.getBytes(UTF_8);
    return new String(
        MimeUtility.decode(new ByteArrayInputStream(octets), "quoted-printable").readAllBytes(),
        UTF_8);
  }
}
