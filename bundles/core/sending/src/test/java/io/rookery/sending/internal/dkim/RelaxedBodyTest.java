// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelaxedBodyTest {

  @ParameterizedTest
  @CsvSource({
    // An empty body, and what counts as one (RFC 6376 §3.4.4).
    "'',''",
    "'|',''",
    "'|||',''",
    "'  ',''",
    "' |>|  |',''",
    // Line ends at the end: one stays, one is added where there is none.
    "'a','a|'",
    "'a|','a|'",
    "'a||||','a|'",
    "'a| |> |','a|'",
    // Line ends at the beginning and inside stay.
    "'||a|||b|','||a|||b|'",
    "' ||a','||a|'",
    // Blanks: runs become one, at a line's end none, at its beginning one.
    "'a  b|','a b|'",
    "'a>b|','a b|'",
    "'a > > b|','a b|'",
    "'a  |','a|'",
    "'a >','a|'",
    "'  a|',' a|'",
    "'> a|> b |',' a| b|'",
    "'a| |b|','a||b|'",
    "'a |>|  |b > c  |  |','a|||b c|'",
    "'a b c d|e f|','a b c d|e f|'",
    // A dot is a dot.
    "'.|..|. |','.|..|.|'",
  })
  void everyEdgeShouldBeAsTheRfcHasIt(String body, String canonical) throws Exception {
    String wanted = wire(canonical);

    assertThat(digest(wire(body))).isEqualTo(sha256(wanted));
    assertThat(NaiveVerifier.body(wire(body))).isEqualTo(octets(wanted));
  }

  @Test
  void anEmptyBodyShouldHaveTheKnownDigest() throws Exception {
    assertThat(digest("")).isEqualTo("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  }

  @Test
  void octetsAbove127AndLoneLineEndsShouldBeContent() throws Exception {
    assertThat(digest("\u00e4\u00ff\u0000 \u0080\r\n"))
        .isEqualTo(sha256("\u00e4\u00ff\u0000 \u0080\r\n"));
    assertThat(digest("a\rb\nc\r\n")).isEqualTo(sha256("a\rb\nc\r\n"));
    assertThat(digest("a\r")).isEqualTo(sha256("a\r\r\n"));
  }

  @Test
  void anyBodyShouldBeTheSameAsBySlowMeans() throws Exception {
    Random random = new Random(6376);
    String[] pieces = {" ", " ", "\t", "\r\n", "\r\n", "a", "word", "\u00fc", "."};
    for (int i = 0; i < 20_000; i++) {
      StringBuilder body = new StringBuilder();
      for (int n = random.nextInt(25); n > 0; n--) {
        body.append(pieces[random.nextInt(pieces.length)]);
      }
      String canonical =
          new String(NaiveVerifier.body(body.toString()), StandardCharsets.ISO_8859_1);
      assertThat(digest(body.toString())).as("%s", body).isEqualTo(sha256(canonical));
    }
  }

  /** The tables write a line end as a bar and a tab as an angle. */
  private static String wire(String text) {
    return text.replace("|", "\r\n").replace('>', '\t');
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String digest(String body) throws Exception {
    byte[] message = octets("A: b\r\n\r\n" + body);
    return Base64.getEncoder()
        .encodeToString(RelaxedBody.digest(MessageDigest.getInstance("SHA-256"), message, 8));
  }

  private static String sha256(String text) throws Exception {
    return Base64.getEncoder()
        .encodeToString(MessageDigest.getInstance("SHA-256").digest(octets(text)));
  }
}
