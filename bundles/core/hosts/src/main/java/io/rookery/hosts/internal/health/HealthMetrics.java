// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.health;

import io.rookery.api.monitoring.MetricSource;
import io.rookery.persistence.SystemPurpose;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Counts how the checks of all hosts stand. */
@Component(service = MetricSource.class)
public final class HealthMetrics implements MetricSource {

  private final HostHealthServiceImpl health;

  /** Counts by a service. */
  @Activate
  public HealthMetrics(@Reference HostHealthServiceImpl health) {
    this.health = health;
  }

  @Override
  public List<Sample> samples() {
    return health
        .transactions()
        .system(SystemPurpose.MONITORING, system -> health.store().counts(system))
        .stream()
        .map(
            it ->
                new Sample(
                    "rookery_host_checks",
                    "Hosts by how a check of theirs stands",
                    false,
                    Map.of(
                        "check",
                        HealthStore.word(it.check()),
                        "state",
                        HealthStore.word(it.state())),
                    it.hosts()))
        .toList();
  }
}
