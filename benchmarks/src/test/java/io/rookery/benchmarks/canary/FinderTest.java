// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.canary;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FinderTest {

  private static final String SECRET = "k9d2 +/&\"<%é>=x7f3q8";

  private final Finder finder = new Finder(List.of(new Mark("a password", SECRET, true)));

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ab", "abc", "user:"})
  void base64ShouldBeFoundWhateverStandsBefore(String before) {
    byte[] text = (before + SECRET + " and more").getBytes(UTF_8);
    assertThat(finder.in(("x " + Base64.getEncoder().encodeToString(text)).getBytes(UTF_8)))
        .isNotEmpty();
    assertThat(finder.in(Base64.getUrlEncoder().encode(text))).isNotEmpty();
  }

  @Test
  void otherFormsShouldBeFound() throws Exception {
    byte[] octets = SECRET.getBytes(UTF_8);
    assertThat(finder.in(octets)).containsExactly("a password (as it is)");
    assertThat(finder.in(HexFormat.of().formatHex(octets).getBytes(UTF_8))).isNotEmpty();
    assertThat(finder.in(URLEncoder.encode(SECRET, UTF_8).getBytes(UTF_8))).isNotEmpty();
    assertThat(finder.in(SECRET.replace("\"", "\\\"").replace("/", "\\/").getBytes(UTF_8)))
        .isNotEmpty();
    assertThat(finder.in(MessageDigest.getInstance("SHA-256").digest(octets))).isNotEmpty();
    assertThat(finder.in(gzip(("before " + SECRET).getBytes(UTF_8)))).isNotEmpty();
  }

  @Test
  void octetsOfASecretInBase32ShouldBeFound() {
    Finder other =
        new Finder(List.of(new Mark("a secret", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", false)));
    assertThat(other.in("x12345678901234567890".getBytes(ISO_8859_1)))
        .containsExactly("a secret (decoded as it is)");
  }

  @Test
  void itShouldBeFoundWhereTwoPiecesMeet() {
    byte[] octets = SECRET.getBytes(UTF_8);
    for (int cut = 0; cut <= octets.length; cut++) {
      byte[] text = new byte[(1 << 22) + 1000];
      System.arraycopy(octets, 0, text, (1 << 22) - cut, octets.length);
      assertThat(finder.in(text)).hasSize(1);
    }
  }

  @Test
  void whatIsNoSecretShouldNotBeFound() {
    assertThat(finder.in((SECRET.substring(1) + SECRET.charAt(0)).getBytes(UTF_8))).isEmpty();
    assertThat(finder.in(new byte[0])).isEmpty();
  }

  private static byte[] gzip(byte[] octets) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(octets);
    }
    return packed.toByteArray();
  }
}
