// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.returnpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.secrets.KeyPurpose;
import io.rookery.kernel.Uuids;
import io.rookery.sending.internal.FixedKeys;
import io.rookery.sending.internal.link.LinkTokens;
import io.rookery.sending.internal.returnpath.ReturnPathTokens.Tail;
import io.rookery.sending.internal.returnpath.ReturnPathTokens.Token;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReturnPathTokensTest {

  private static final UUID TENANT = Uuids.next();
  private static final UUID MESSAGE = Uuids.next();

  private final FixedKeys keys = new FixedKeys();
  private final ReturnPathTokens tokens = new ReturnPathTokens(keys);

  static Stream<UUID> ids() {
    return Stream.of(
        MESSAGE,
        UUID.fromString("00000000-0000-7000-8000-000000000000"),
        UUID.fromString("ffffffff-ffff-7fff-bfff-ffffffffffff"),
        UUID.fromString("01234567-89ab-7cde-8f01-23456789abcd"));
  }

  @ParameterizedTest
  @MethodSource("ids")
  void aTokenShouldTellItsMessageAndTenant(UUID id) {
    Token token = tokens.read(tokens.make(TENANT, id)).orElseThrow();

    assertThat(token.messageId()).isEqualTo(id);
    assertThat(token.tenant()).isEqualTo(Tail.of(TENANT));
    assertThat(tokens.read(tokens.make(id, MESSAGE)).orElseThrow().tenant()).isEqualTo(Tail.of(id));
  }

  @Test
  void aLocalPartShouldFitAndNeedNoQuoting() {
    assertThat(tokens.make(TENANT, MESSAGE)).hasSize(62).matches("b-[a-z2-7]{60}");
  }

  @Test
  void lettersShouldCountInEitherCase() {
    String upper = tokens.make(TENANT, MESSAGE).toUpperCase(Locale.ROOT);
    String mixed = upper.substring(0, 31) + upper.substring(31).toLowerCase(Locale.ROOT);

    assertThat(tokens.read(upper)).isEqualTo(tokens.read(mixed)).isPresent();
  }

  @Test
  void everyDigitShouldBePartOfWhatIsProven() {
    String genuine = tokens.make(TENANT, MESSAGE);
    for (int i = 2; i < genuine.length(); i++) {
      int digit = Base32Writer.DIGITS.indexOf(genuine.charAt(i));
      for (int bit = 1; bit < 32; bit <<= 1) {
        String forged =
            genuine.substring(0, i)
                + Base32Writer.DIGITS.charAt(digit ^ bit)
                + genuine.substring(i + 1);
        assertThat(tokens.read(forged)).as(forged).isEmpty();
      }
    }
  }

  @Test
  void partsOfTwoTokensShouldMakeNoThird() {
    String one = tokens.make(TENANT, MESSAGE);
    String other = tokens.make(TENANT, Uuids.next());
    String foreign = tokens.make(Uuids.next(), MESSAGE);
    for (int i = 3; i < 62; i++) {
      String spliced = one.substring(0, i) + other.substring(i);
      if (!spliced.equals(one) && !spliced.equals(other)) {
        assertThat(tokens.read(spliced)).as(spliced).isEmpty();
      }
    }
    // The code of one message behind the ids of another, and a tenant in another's place.
    assertThat(tokens.read(other.substring(0, 42) + one.substring(42))).isEmpty();
    assertThat(tokens.read(foreign.substring(0, 18) + one.substring(18))).isEmpty();
  }

  @Test
  void whatIsNoTokenShouldBeRefusedWhateverItsForm() {
    String genuine = tokens.make(TENANT, MESSAGE);
    for (String wrong :
        new String[] {
          null,
          "",
          "b-",
          genuine.substring(0, 61),
          genuine + "a",
          "c" + genuine.substring(1),
          genuine.substring(0, 61) + "=",
          genuine.substring(0, 61) + "1",
          genuine.substring(0, 61) + "ſ",
          "b-" + "a".repeat(60)
        }) {
      assertThat(tokens.read(wrong)).as("%s", wrong).isEmpty();
    }
  }

  @Test
  void anOlderKeyShouldStillBeReadAndAnUnknownOneNot() {
    String old = tokens.make(TENANT, MESSAGE);
    keys.rotate();
    assertThat(tokens.make(TENANT, MESSAGE)).isNotEqualTo(old);
    assertThat(tokens.read(old)).isPresent();
    assertThat(new ReturnPathTokens(new FixedKeys()).read(tokens.make(TENANT, MESSAGE))).isEmpty();
  }

  @Test
  void aLinksTokenShouldProveNothingHere() {
    String link = new LinkTokens(keys).make(KeyPurpose.UNSUBSCRIBE_LINK, TENANT, MESSAGE, 0);
    assertThat(tokens.read("b-" + link.substring(0, 60))).isEmpty();
  }

  @Test
  void onlyIdsThatCanBeReadAgainShouldBeTaken() {
    assertThatThrownBy(() -> tokens.make(TENANT, new UUID(1, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
