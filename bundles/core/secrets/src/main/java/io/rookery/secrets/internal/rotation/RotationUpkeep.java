// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.rotation;

import io.rookery.jobs.Schedule;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.SystemPurpose;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Attends to rotations and secrets that are due, also those that somebody left in the middle. */
@Component(service = Schedule.class)
public final class RotationUpkeep implements Schedule {

  private static final Logger LOG = LoggerFactory.getLogger(RotationUpkeep.class);
  private static final Actor ACTOR = Actor.system("rotation");
  private static final int AT_A_TIME = 20;

  private final RotationServiceImpl rotations;

  /** Attends to the rotations of a service. */
  @Activate
  public RotationUpkeep(@Reference RotationServiceImpl rotations) {
    this.rotations = rotations;
  }

  @Override
  public String name() {
    return "secrets.rotations";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(5);
  }

  @Override
  public void run() throws InterruptedException {
    RotationRecords records = rotations.records();
    attend(
        records
            .transactions()
            .system(
                SystemPurpose.JOBS,
                system -> records.secrets().due(system, records.now(), AT_A_TIME)),
        rotations.attention()::look);
    attend(
        records
            .transactions()
            .system(
                SystemPurpose.JOBS,
                system -> records.store().due(system, records.now(), AT_A_TIME)),
        rotations.attention()::attend);
  }

  private static void attend(List<RotationStore.Due> due, BiConsumer<TenantContext, UUID> work)
      throws InterruptedException {
    for (RotationStore.Due one : due) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      try {
        work.accept(TenantContext.of(one.tenantId(), ACTOR), one.id());
      } catch (RuntimeException e) { // One that fails must not keep the others from their turn.
        LOG.warn("Rotation {} is attended to later: {}", one.id(), e.toString());
      }
    }
  }
}
