// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.messages;

import io.rookery.api.sending.SendingService;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows a message and what became of it. */
@Service
@Command(
    scope = "rookery",
    name = "message-show",
    description = "Shows a message and what became of it")
public final class MessageShow extends TenantCommand {

  @Argument(index = 1, name = "message", required = true, description = "The message's id")
  private String id;

  @Reference(optional = true)
  private SendingService sending;

  @Override
  protected void run(Output out) {
    out.show(MessageView.FIELDS, need(sending).message(context(), Arguments.id("message", id)));
  }
}
