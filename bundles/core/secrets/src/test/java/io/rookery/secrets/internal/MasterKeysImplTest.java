// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rookery.events.NewEvent;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.secrets.MasterRewrap.Next;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MasterKeysImplTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "secrets");

  private final List<NewEvent> events = new ArrayList<>();
  private final TenantContext operator = DATABASE.tenant();
  private final MasterKeysImpl keys =
      new MasterKeysImpl(DATABASE.transactions(), (tx, appended) -> events.addAll(appended));

  @Test
  void aRewrapShouldBeToldToTheOperatorsLogWithoutWhereTheKeyIs() {
    keys.store = next -> next.equals(new Next("keys/b", false)) ? 31 : 0;
    assertThat(keys.rewrap(operator, new Next("keys/b", false))).isEqualTo(31);
    assertThat(events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.type()).isEqualTo("secret.master_key_rewrapped");
              assertThat(event.data()).isEqualTo(Map.of("data_keys", 31, "passphrase", false));
            });
  }

  @Test
  void whatWentWrongShouldBeSaid() {
    assertFails(CommonErrors.NOT_FOUND);
    Map<Kind, ErrorCode> expected =
        Map.of(
            Kind.CONFLICT, CommonErrors.WRONG_STATE,
            Kind.UNREADABLE, CommonErrors.INVALID_REQUEST,
            Kind.UNREACHABLE, CommonErrors.UNAVAILABLE);
    expected.forEach(
        (kind, code) -> {
          keys.store =
              next -> {
                throw new SecretStoreException(kind, "Why", null);
              };
          assertFails(code);
        });
    assertThat(events).isEmpty();
  }

  private void assertFails(ErrorCode code) {
    assertThatExceptionOfType(RookeryException.class)
        .isThrownBy(() -> keys.rewrap(operator, new Next("keys/b", false)))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }
}
