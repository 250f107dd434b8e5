// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.persistence.internal.epoch.EpochsService;
import io.rookery.persistence.internal.lease.LeasesService;
import io.rookery.persistence.internal.partition.PartitionedTablesService;
import io.rookery.persistence.internal.schema.MigrationExtender;
import io.rookery.persistence.internal.start.DatabaseStarter;
import io.rookery.persistence.internal.storage.BundleStorage;
import io.rookery.persistence.internal.tx.IdempotencySweeper;
import io.rookery.persistence.internal.tx.TransactionsService;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The container tells constructors apart by their number of parameters alone. */
class ComponentConstructorsTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        BundleStorage.class,
        DatabaseStarter.class,
        EpochsService.class,
        IdempotencySweeper.class,
        LeasesService.class,
        MigrationExtender.class,
        PartitionedTablesService.class,
        TransactionsService.class
      })
  void constructorsShouldDifferInTheirNumberOfParameters(Class<?> component) {
    assertThat(
            Arrays.stream(component.getDeclaredConstructors()).map(Constructor::getParameterCount))
        .doesNotHaveDuplicates();
  }
}
