// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal;

import io.rookery.api.sending.SendingLanes;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Leases;
import io.rookery.sending.internal.line.LaneKey;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Knows of a lane by its lease, which a turn gives back last; that of a dead node runs out. */
@Component(service = SendingLanes.class)
public final class SendingLanesImpl implements SendingLanes {

  private final Leases leases;

  /** Makes the service. */
  @Activate
  public SendingLanesImpl(@Reference Leases leases) {
    this.leases = leases;
  }

  @Override
  public boolean isQuiet(TenantContext context, UUID mailboxId) {
    Optional<Leases.Lease> lease =
        leases.acquire(new LaneKey(context.tenantId(), mailboxId).lease());
    lease.ifPresent(Leases.Lease::close);
    return lease.isPresent();
  }
}
