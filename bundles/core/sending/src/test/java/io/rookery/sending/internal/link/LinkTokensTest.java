// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.secrets.KeyPurpose;
import io.rookery.kernel.Uuids;
import io.rookery.sending.internal.FixedKeys;
import io.rookery.sending.internal.link.LinkTokens.Link;
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
  void readShouldRefuseATokenWithAnyCharacterChanged() {
    String token = tokens.make(KeyPurpose.CLICK_LINK, tenant, message, 7);
    // The last character carries bits beyond the token's end, which mean nothing.
    for (int i = 0; i < token.length() - 1; i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(tokens.read(KeyPurpose.CLICK_LINK, changed)).as("at %d", i).isEmpty();
    }
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
