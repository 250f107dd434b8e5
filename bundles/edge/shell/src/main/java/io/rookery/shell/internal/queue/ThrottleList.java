// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.queue;

import io.rookery.api.sending.Throttles;
import io.rookery.api.sending.Throttles.Throttle;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import io.rookery.shell.internal.View;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the mailboxes and recipient domains to which a tenant's mail goes slower. */
@Service
@Command(
    scope = "rookery",
    name = "throttle-list",
    description = "Lists the mailboxes and recipient domains to which a tenant's mail goes slower")
public final class ThrottleList extends TenantCommand {

  private static final View<Throttle> FIELDS =
      View.<Throttle>empty()
          .column("mailbox_id", Throttle::mailboxId)
          .column("domain", Throttle::domain)
          .column("per_minute", Throttle::perMinute)
          .column("waiting", Throttle::waiting)
          .column("slowed_at", Throttle::slowedAt)
          .column("hold_until", Throttle::holdUntil)
          .column("reply_code", Throttle::replyCode)
          .column("enhanced_code", Throttle::enhancedCode);

  @Reference(optional = true)
  private Throttles throttles;

  @Override
  protected void run(Output out) {
    out.list(FIELDS, need(throttles).list(context()));
  }
}
