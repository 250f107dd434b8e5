// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.links;

import io.rookery.api.sending.DeadLinks;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import java.util.Map;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Has links lead on again that were killed. */
@Service
@Command(
    scope = "rookery",
    name = "link-revive",
    description = "Has links lead on again that were killed")
public final class LinkRevive extends TenantCommand {

  @Argument(index = 1, name = "id", required = true, description = "What link-list shows")
  private String id;

  @Reference(optional = true)
  private DeadLinks links;

  @Override
  protected void run(Output out) {
    UUID dead = Arguments.id("id", id);
    need(links).revive(context(), dead);
    out.done("They lead on again", Map.of("id", dead));
  }
}
