// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.messages;

import io.rookery.api.sending.MessageService;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Cancels a message of no campaign whose time has not come. */
@Service
@Command(
    scope = "rookery",
    name = "message-cancel",
    description = "Cancels a message of no campaign whose time has not come")
public final class MessageCancel extends TenantCommand {

  @Argument(index = 1, name = "message", required = true, description = "The message's id")
  private String id;

  @Reference(optional = true)
  private MessageService messages;

  @Override
  protected void run(Output out) {
    out.show(MessageView.FIELDS, need(messages).cancel(context(), Arguments.id("message", id)));
  }
}
