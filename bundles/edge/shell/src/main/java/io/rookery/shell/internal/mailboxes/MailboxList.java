// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.mailboxes;

import io.rookery.api.mailboxes.MailboxService;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.Stretch;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists a tenant's mailboxes. */
@Service
@Command(scope = "rookery", name = "mailbox-list", description = "Lists a tenant's mailboxes")
public final class MailboxList extends TenantCommand {

  @Option(name = "--limit", description = "How many at most")
  private int limit = 100;

  @Reference(optional = true)
  private MailboxService mailboxes;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    out.list(MailboxView.FIELDS, Stretch.read(limit, page -> need(mailboxes).list(context, page)));
  }
}
