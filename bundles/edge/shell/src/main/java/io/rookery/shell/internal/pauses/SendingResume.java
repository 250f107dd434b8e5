// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.pauses;

import io.rookery.api.mailboxes.SendingPauses;
import io.rookery.api.mailboxes.SendingPauses.Pause;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import java.util.Locale;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lets a tenant or one of its domains send again. */
@Service
@Command(
    scope = "rookery",
    name = "sending-resume",
    description = "Lets a tenant, or one of its domains, send again")
public final class SendingResume extends TenantCommand {

  @Option(name = "--domain", description = "The From domain; the tenant itself by default")
  private String domain;

  @Reference(optional = true)
  private SendingPauses pauses;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    Pause pause =
        need(pauses).list(context).stream()
            .filter(this::isMeant)
            .findFirst()
            .orElseThrow(() -> RookeryException.notFound("pause"));
    pauses.resume(context, pause.id());
    out.done("Sending goes on", Map.of("id", pause.id().toString(), "paused", false));
  }

  private boolean isMeant(Pause pause) {
    return domain == null
        ? pause.domain() == null
        : domain.strip().toLowerCase(Locale.ROOT).equals(pause.domain());
  }
}
