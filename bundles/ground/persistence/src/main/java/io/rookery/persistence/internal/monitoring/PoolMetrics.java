// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.monitoring;

import com.zaxxer.hikari.HikariPoolMXBean;
import io.rookery.api.monitoring.MetricSource;
import io.rookery.persistence.internal.database.Database;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Figures of the two pools of connections. */
@Component
public final class PoolMetrics implements MetricSource {

  private final Database database;

  /** Watches the pools of a database. */
  @Activate
  public PoolMetrics(@Reference Database database) {
    this.database = database;
  }

  @Override
  public List<Sample> samples() {
    return Stream.concat(
            of("app", database.appPool()).stream(), of("system", database.systemPool()).stream())
        .toList();
  }

  private static List<Sample> of(String pool, HikariPoolMXBean bean) {
    return List.of(
        sample("rookery_database_connections_busy", "In use", pool, bean.getActiveConnections()),
        sample("rookery_database_connections_idle", "Free", pool, bean.getIdleConnections()),
        sample(
            "rookery_database_connections_awaited",
            "Threads that wait for a connection",
            pool,
            bean.getThreadsAwaitingConnection()));
  }

  private static Sample sample(String name, String help, String pool, int value) {
    return new Sample(name, help, false, Map.of("pool", pool), value);
  }
}
