// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.mailboxes;

import io.rookery.api.mailboxes.MailboxData;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.mailboxes.Ramp;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Has the limit of a mailbox rise, or not any more. */
@Service
@Command(
    scope = "rookery",
    name = "mailbox-ramp",
    description = "Has the limit of a mailbox rise day by day from now on, or not any more")
public final class MailboxRamp extends TenantCommand {

  private static final MailboxData NOTHING =
      new MailboxData(null, null, null, null, null, null, null, null);

  @Argument(index = 1, name = "mailbox", required = true, description = "The mailbox's id")
  private String id;

  @Argument(
      index = 2,
      name = "ramp",
      required = true,
      description = "standard, fast, slow, none, or numbers such as 10-500/42")
  private String ramp;

  @Reference(optional = true)
  private MailboxService mailboxes;

  @Override
  protected void run(Output out) {
    UUID mailbox = Arguments.id("mailbox", id);
    MailboxData change = NOTHING.withRamp(ramp.equals("none") ? null : parsed());
    out.show(MailboxView.FIELDS, need(mailboxes).update(context(), mailbox, change, 0));
  }

  private Ramp parsed() {
    return Ramp.parse(ramp)
        .orElseThrow(
            () ->
                new RookeryException(
                    CommonErrors.INVALID_REQUEST,
                    ramp + " is no ramp; write standard, fast, slow, none, or as 10-500/42"));
  }
}
