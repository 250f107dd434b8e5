// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.monitoring.MetricSource.Sample;
import io.rookery.kernel.RookeryException;
import io.rookery.persistence.internal.database.Database;
import io.rookery.persistence.internal.lease.LeasesService;
import io.rookery.persistence.internal.tx.TransactionsService;
import io.rookery.persistence.test.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MonitoringTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas();

  @Test
  void healthShouldFollowTheHeartbeat() {
    DatabaseHealth health = new DatabaseHealth();
    assertThat(health.check().ready()).isFalse();
    LeasesService node = DATABASE.anotherNode();
    health.leases = node;
    assertThat(health.check().ready()).isTrue();
    node.close();
    assertThat(health.check().ready()).isFalse();
  }

  @Test
  void healthShouldTellOfAFullDiskThoughTheHeartbeatGoesOn() {
    LeasesService node = DATABASE.anotherNode();
    try (Database database = DATABASE.reopened()) {
      DatabaseHealth health = new DatabaseHealth();
      health.leases = node;
      health.database = database;
      assertThat(health.check().ready()).isTrue();
      TransactionsService transactions = new TransactionsService(database);
      assertThatThrownBy(
              () ->
                  transactions.call(
                      DATABASE.tenant(),
                      tx -> {
                        throw new SQLException("could not extend file", "53100");
                      }))
          .isInstanceOf(RookeryException.class);
      assertThat(health.check().ready()).isFalse();
      assertThat(health.check().detail()).contains("no room");
    } finally {
      node.close();
    }
  }

  @Test
  void metricsShouldCountConnectionsInUse() throws SQLException {
    PoolMetrics metrics = new PoolMetrics(DATABASE.database());
    double before = busy(metrics);
    try (Connection connection = DATABASE.appDataSource().getConnection()) {
      assertThat(connection.isClosed()).isFalse();
      assertThat(busy(metrics)).isEqualTo(before + 1);
    }
  }

  private static double busy(PoolMetrics metrics) {
    return metrics.samples().stream()
        .filter(sample -> sample.name().endsWith("_busy"))
        .filter(sample -> sample.labels().get("pool").equals("app"))
        .mapToDouble(Sample::value)
        .sum();
  }
}
