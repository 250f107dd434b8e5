// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.persistence.test.CatalogueRules;
import io.rookery.persistence.test.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CatalogueTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("campaigns");

  @Test
  void tablesShouldKeepTheRules() throws SQLException {
    assertThat(CatalogueRules.violations(DATABASE)).isEmpty();
  }
}
