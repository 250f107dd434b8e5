// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.totp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {

  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  /** The test vectors of RFC 6238, appendix B, for SHA-1. */
  @ParameterizedTest
  @CsvSource({
    "59, 94287082",
    "1111111109, 07081804",
    "1111111111, 14050471",
    "1234567890, 89005924",
    "2000000000, 69279037",
    "20000000000, 65353130"
  })
  void codesShouldBeThoseOfTheRfc(long seconds, String code) {
    assertThat("%08d".formatted(Totp.code(SECRET, seconds / Totp.STEP, 8))).isEqualTo(code);
    Instant then = Instant.ofEpochSecond(seconds);
    assertThat(Totp.step(SECRET, code.substring(2), then)).hasValue(seconds / Totp.STEP);
  }

  /** The test values of RFC 4226, appendix D. */
  @ParameterizedTest
  @CsvSource({"0, 755224", "1, 287082", "2, 359152", "8, 399871", "9, 520489"})
  void codesOfCountersShouldBeThoseOfTheirRfc(long counter, int code) {
    assertThat(Totp.code(SECRET, counter, 6)).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"-2, false", "-1, true", "0, true", "1, true", "2, false"})
  void aCodeShouldBeTakenAStepEarlyOrLate(int steps, boolean taken) {
    Instant then = Instant.ofEpochSecond(1234567890);
    String code = "005924";
    assertThat(Totp.step(SECRET, code, then.plusSeconds((long) steps * Totp.STEP)).isPresent())
        .isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource({"''", "00592", "0059245", "00592x", "-05924"})
  void whatIsNoCodeShouldBeWrong(String text) {
    assertThat(Totp.step(SECRET, text, Instant.ofEpochSecond(1234567890))).isEmpty();
  }

  /** The test vectors of RFC 4648 §10, without padding. */
  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "f, MY",
    "fo, MZXQ",
    "foo, MZXW6",
    "foob, MZXW6YQ",
    "fooba, MZXW6YTB",
    "foobar, MZXW6YTBOI"
  })
  void base32ShouldBeThatOfTheRfc(String text, String encoded) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    assertThat(Base32.write(bytes)).isEqualTo(encoded);
    assertThat(Base32.read(encoded)).isEqualTo(bytes);
  }

  @Test
  void recoveryCodesShouldBeTenDifferentOnes() {
    var codes = RecoveryCodes.create();
    assertThat(new HashSet<>(codes.stream().map(c -> c.reveal()).toList())).hasSize(10);
    assertThat(RecoveryCodes.normal(" AB CD-ef ")).isEqualTo(RecoveryCodes.normal("abcdef"));
  }
}
