// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.keys;

import io.rookery.hosts.internal.keys.KeyStore.DueKey;
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

/** Attends to keys that are due, also those that somebody left in the middle of their steps. */
@Component(service = Schedule.class)
public final class KeyUpkeep implements Schedule {

  private static final Logger LOG = LoggerFactory.getLogger(KeyUpkeep.class);
  private static final Actor ACTOR = Actor.system("hosts");
  private static final int AT_A_TIME = 20;

  private final SshKeyServiceImpl keys;

  /** Attends to the keys of a service. */
  @Activate
  public KeyUpkeep(@Reference SshKeyServiceImpl keys) {
    this.keys = keys;
  }

  @Override
  public String name() {
    return "hosts.keys";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(15);
  }

  @Override
  public void run() throws InterruptedException {
    KeyRecords records = keys.records();
    List<DueKey> due =
        records
            .transactions()
            .system(
                SystemPurpose.JOBS,
                system -> records.store().due(system, records.now(), AT_A_TIME));
    for (DueKey key : due) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      attend(key);
    }
  }

  private void attend(DueKey due) {
    try {
      keys.attention().attend(TenantContext.of(due.tenantId(), ACTOR), due.id());
    } catch (RuntimeException e) { // One that fails must not keep the others from their turn.
      LOG.warn("Key {} of a host is attended to later: {}", due.id(), e.toString());
    }
  }
}
