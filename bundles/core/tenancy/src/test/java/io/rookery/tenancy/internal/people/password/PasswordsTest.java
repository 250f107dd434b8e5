// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.spi.plugin.Secret;
import java.time.Duration;
import java.util.HexFormat;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

  private static final String EMAIL = "ada.lovelace@engine.example";
  private static final Argon2Text CHEAP = new Argon2Text(64, 1, 1);

  private final PasswordRules rules = new PasswordRules();

  private boolean taken(String password) {
    return rules.check("/password", Secret.of(password), EMAIL, "Ada Lovelace").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grey otter, 9 stones",
        "öäüßéñçøåþðæ",
        "aB3$xK9!mQ7z",
        "ada is short enough to be chance"
      })
  void whatIsLongAndOnesOwnShouldBeTaken(String password) {
    assertThat(taken(password)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "elevenchars",
        "ada.lovelace@engine.example!",
        "xx ada.lovelace xx",
        "my LOVELACE garden",
        "steam engine nine",
        "adalovelace 1815",
        "password1234",
        "PassWord1234",
        "qwertyuiop12",
        "aaaaaaaaaaaa",
        "123456789012",
        "welcome2026!",
        "letmeinletmein",
        "twelve\tchars!"
      })
  void whatIsShortOrCommonOrSaysWhoItIsShouldBeRefused(String password) {
    assertThat(taken(password)).isFalse();
  }

  @Test
  void aPasswordShouldNotBeEndless() {
    assertThat(taken("x1".repeat(128))).isTrue();
    assertThat(taken("x1".repeat(128) + "x")).isFalse();
  }

  @Test
  void theListShouldHoldOnlyWhatTheLengthLetsThrough() {
    assertThat(CommonPasswords.bundled().size()).isBetween(3000, 10_000);
  }

  /** The test vector of RFC 9106 §5.3, so that the library is what it says. */
  @Test
  void argon2idShouldBeThatOfTheRfc() {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(32)
            .withIterations(3)
            .withParallelism(4)
            .withSalt(HexFormat.of().parseHex("02".repeat(16)))
            .withSecret(HexFormat.of().parseHex("03".repeat(8)))
            .withAdditional(HexFormat.of().parseHex("04".repeat(12)))
            .build());
    byte[] tag = new byte[32];
    generator.generateBytes(HexFormat.of().parseHex("01".repeat(32)), tag);
    assertThat(HexFormat.of().formatHex(tag))
        .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
  }

  @Test
  void aHashShouldBeOfItsPasswordAndSayItsCost() {
    PasswordHasher hasher = new PasswordHasher();
    String hash = hasher.hash(Secret.of("grey otter, 9 stones"));
    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("otter");
    assertThat(hasher.hash(Secret.of("grey otter, 9 stones"))).isNotEqualTo(hash);
    assertThat(hasher.matches(Secret.of("grey otter, 9 stones"), hash)).isTrue();
    assertThat(hasher.matches(Secret.of("grey otter, 9 stone"), hash)).isFalse();
    assertThat(hasher.outdated(hash)).isFalse();
  }

  @Test
  void aHashOfAnotherCostShouldStillMatchAndBeOutdated() {
    PasswordHasher hasher = new PasswordHasher();
    String cheap = CHEAP.hash("grey otter, 9 stones");
    assertThat(hasher.matches(Secret.of("grey otter, 9 stones"), cheap)).isTrue();
    assertThat(hasher.outdated(cheap)).isTrue();
  }

  @Test
  void whatLooksTheSameShouldBeTheSame() {
    assertThat(Argon2Text.matches("caf\u00e9 au lait 12", CHEAP.hash("cafe\u0301 au lait 12")))
        .isTrue();
  }

  @Test
  void nobodysPasswordShouldNotBeRight() {
    assertThat(new PasswordHasher(CHEAP, 1, Duration.ofSeconds(1)).matches(Secret.of(""), null))
        .isFalse();
  }

  @Test
  void whoGetsNoTurnShouldBeSentAway() {
    PasswordHasher full = new PasswordHasher(CHEAP, 0, Duration.ofMillis(1));
    for (String hash : new String[] {null, CHEAP.hash("x")}) {
      assertThatExceptionOfType(RookeryException.class)
          .isThrownBy(() -> full.matches(Secret.of("x"), hash))
          .satisfies(e -> assertThat(e.code()).isEqualTo(CommonErrors.UNAVAILABLE))
          .satisfies(e -> assertThat(e.retryAfter()).isPositive());
    }
  }
}
