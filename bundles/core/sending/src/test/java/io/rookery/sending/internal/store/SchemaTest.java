// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.kernel.RookeryException;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.test.CatalogueRules;
import io.rookery.persistence.test.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("sending");

  @Test
  void theTablesShouldKeepTheRules() throws Exception {
    assertThat(CatalogueRules.violations(DATABASE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select address from tenant.message",
        "select contact_id from tenant.message",
        "select * from tenant.recipient",
        "update tenant.message set state = 'due'",
        "update tenant.lane set due_at = now()",
        "delete from tenant.lane"
      })
  void thePlatformsOwnRoleShouldNotReachWhatIsSent(String sql) {
    assertThatThrownBy(
            () ->
                DATABASE
                    .transactions()
                    .system(
                        SystemPurpose.LANES,
                        connection -> {
                          try (var statement = connection.createStatement()) {
                            return statement.execute(sql);
                          }
                        }))
        .isInstanceOf(RookeryException.class);
  }
}
