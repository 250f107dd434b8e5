// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.messages;

import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.sending.SendingService;
import io.rookery.api.sending.SendingService.MessageFilter;
import io.rookery.api.sending.SendingService.State;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.Stretch;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists a tenant's messages, newest first. */
@Service
@Command(
    scope = "rookery",
    name = "message-list",
    description = "Lists a tenant's messages, newest first")
public final class MessageList extends TenantCommand {

  @Option(name = "--category", description = "Only commercial or transactional ones")
  private String category;

  @Option(name = "--state", description = "Only those in a state, such as due or failed")
  private String state;

  @Option(name = "--limit", description = "How many at most")
  private int limit = 100;

  @Reference(optional = true)
  private SendingService sending;

  @Override
  protected void run(Output out) {
    MessageFilter filter =
        new MessageFilter(
            null,
            Arguments.constant("state", State.class, state),
            Arguments.constant("category", Category.class, category));
    TenantContext context = context();
    out.list(
        MessageView.FIELDS,
        Stretch.read(limit, page -> need(sending).messages(context, filter, page)));
  }
}
