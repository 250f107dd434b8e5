// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.health;

import io.rookery.hosts.internal.health.HealthStore.DueHost;
import io.rookery.jobs.Schedule;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.SystemPurpose;
import java.time.Duration;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at hosts that are due. */
@Component(service = Schedule.class)
public final class HealthUpkeep implements Schedule {

  private static final Logger LOG = LoggerFactory.getLogger(HealthUpkeep.class);
  private static final Actor ACTOR = Actor.system("hosts");
  private static final int AT_A_TIME = 50;

  private final HostHealthServiceImpl health;

  /** Looks by a service. */
  @Activate
  public HealthUpkeep(@Reference HostHealthServiceImpl health) {
    this.health = health;
  }

  @Override
  public String name() {
    return "hosts.health";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  @Override
  public void run() throws InterruptedException {
    List<DueHost> due =
        health
            .transactions()
            .system(
                SystemPurpose.JOBS, system -> health.store().due(system, health.now(), AT_A_TIME));
    for (DueHost host : due) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      look(host);
    }
  }

  private void look(DueHost due) {
    TenantContext context = TenantContext.of(due.tenantId(), ACTOR);
    try {
      health.check(context, due.id());
    } catch (RuntimeException e) { // One that fails must not keep the others from their look.
      LOG.warn("Host {} is looked at later: {}", due.id(), e.toString());
    }
  }
}
