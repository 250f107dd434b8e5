// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.pauses;

import io.rookery.api.mailboxes.SendingPauses;
import io.rookery.api.mailboxes.SendingPauses.Scope;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Stops sending of a tenant or of one of its domains. */
@Service
@Command(
    scope = "rookery",
    name = "sending-pause",
    description = "Stops all sending of a tenant, or what goes out for one of its domains")
public final class SendingPause extends TenantCommand {

  @Option(name = "--domain", description = "The From domain; all of the tenant by default")
  private String domain;

  @Option(name = "--reason", description = "Why, for people")
  private String reason = "Paused by the operator";

  @Reference(optional = true)
  private SendingPauses pauses;

  @Override
  protected void run(Output out) {
    Scope scope = domain == null ? Scope.TENANT : Scope.DOMAIN;
    out.show(PauseView.FIELDS, need(pauses).pause(context(), scope, domain, reason));
  }
}
