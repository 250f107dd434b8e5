// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.secrets.KeyPurpose;
import io.rookery.kernel.Uuids;
import io.rookery.sending.internal.FixedKeys;
import io.rookery.sending.internal.link.LinkTokens.Link;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LinkTokensTest {

  private final FixedKeys keys = new FixedKeys();
  private final LinkTokens tokens = new LinkTokens(keys);
  private final UUID tenant = Uuids.next();
  private final UUID message = Uuids.next();

  @Test
  void readShouldGiveBackWhatWasPutIn() {
    String token = tokens.make(KeyPurpose.CLICK_LINK, tenant, message, 40_000);

    assertThat(tokens.read(KeyPurpose.CLICK_LINK, token))
        .contains(new Link(tenant, message, 40_000));
    assertThat(token).matches("[A-Za-z0-9_-]{63}");
  }

  @Test
  void readShouldRefuseATokenOfAnotherPurpose() {
    String token = tokens.make(KeyPurpose.OPEN_LINK, tenant, message, 0);

    assertThat(tokens.read(KeyPurpose.UNSUBSCRIBE_LINK, token)).isEmpty();
    assertThat(tokens.read(KeyPurpose.CLICK_LINK, token)).isEmpty();
  }

  @Test
  void readShouldRefuseATokenWithAnyBitChanged() {
    String token = tokens.make(KeyPurpose.CLICK_LINK, tenant, message, 7);
    byte[] bytes = Base64.getUrlDecoder().decode(token);
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(tokens.read(KeyPurpose.CLICK_LINK, encoded(changed))).as("bit %d", bit).isEmpty();
    }
  }

  @Test
  void readShouldTakeOneSpellingOfATokenAlone() {
    String token = tokens.make(KeyPurpose.CLICK_LINK, tenant, message, 7);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int i = 0; i < token.length(); i++) {
      for (char other : (alphabet + "=+/. ").toCharArray()) {
        String changed = token.substring(0, i) + other + token.substring(i + 1);
        assertThat(tokens.read(KeyPurpose.CLICK_LINK, changed).isPresent())
            .as(changed)
            .isEqualTo(changed.equals(token));
      }
    }
    assertThat(tokens.read(KeyPurpose.CLICK_LINK, token + "=")).isEmpty();
    assertThat(tokens.read(KeyPurpose.CLICK_LINK, token + "A")).isEmpty();
  }

  @Test
  void readShouldRefuseATokenThatIsCutOrLengthened() {
    String token = tokens.make(KeyPurpose.UNSUBSCRIBE_LINK, tenant, message, 0);
    for (int length = 0; length < token.length(); length++) {
      assertThat(tokens.read(KeyPurpose.UNSUBSCRIBE_LINK, token.substring(0, length))).isEmpty();
      assertThat(tokens.read(KeyPurpose.UNSUBSCRIBE_LINK, token.substring(length + 1))).isEmpty();
      assertThat(tokens.read(KeyPurpose.UNSUBSCRIBE_LINK, token + token.substring(0, length + 1)))
          .isEmpty();
    }
  }

  @Test
  void readShouldRefuseATokenUnderTheIdOfAnotherKey() {
    String older = tokens.make(KeyPurpose.CLICK_LINK, tenant, message, 7);
    keys.rotate();
    byte[] bytes = Base64.getUrlDecoder().decode(older);
    for (int id = 0; id < 256; id++) {
      byte[] changed = bytes.clone();
      changed[0] = (byte) id;
      assertThat(tokens.read(KeyPurpose.CLICK_LINK, encoded(changed)).isPresent())
          .as("key %d", id)
          .isEqualTo(id == bytes[0]);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Test
  void readShouldRefuseWhatIsNoToken() {
    assertThat(tokens.read(KeyPurpose.CLICK_LINK, null)).isEmpty();
    assertThat(tokens.read(KeyPurpose.CLICK_LINK, "")).isEmpty();
    assertThat(tokens.read(KeyPurpose.CLICK_LINK, "?".repeat(63))).isEmpty();
    assertThat(tokens.read(KeyPurpose.CLICK_LINK, "A".repeat(63))).isEmpty();
    assertThat(tokens.read(KeyPurpose.CLICK_LINK, "A".repeat(10_000))).isEmpty();
  }

  @Test
  void anOlderKeyShouldGoOnVerifying() {
    String token = tokens.make(KeyPurpose.UNSUBSCRIBE_LINK, tenant, message, 0);
    keys.rotate();

    assertThat(tokens.read(KeyPurpose.UNSUBSCRIBE_LINK, token)).isPresent();
    assertThat(tokens.make(KeyPurpose.UNSUBSCRIBE_LINK, tenant, message, 0)).isNotEqualTo(token);
  }
}
