// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.hosts;

import io.rookery.api.hosts.HostCheck;
import io.rookery.api.hosts.HostHealthService;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.View;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows how a host is. */
@Service
@Command(
    scope = "rookery",
    name = "host-health",
    description = "Shows what was last seen of a host, or looks at it now")
public final class HostHealth extends HostCommand {

  private static final View<HostCheck> FIELDS =
      View.<HostCheck>empty()
          .column("check", HostCheck::check)
          .column("state", HostCheck::state)
          .column("code", HostCheck::code)
          .column("detail", HostCheck::detail)
          .column("changed_at", HostCheck::changedAt)
          .detail("checked_at", HostCheck::checkedAt);

  @Option(name = "--now", description = "Looks at it now")
  private boolean now;

  @Reference(optional = true)
  private HostHealthService health;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    UUID host = id(context);
    out.list(FIELDS, now ? need(health).check(context, host) : need(health).get(context, host));
  }
}
