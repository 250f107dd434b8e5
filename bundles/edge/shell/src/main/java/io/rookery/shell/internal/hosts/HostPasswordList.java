// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.hosts;

import io.rookery.api.hosts.MailPasswordService;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the mailboxes whose passwords are replaced on a host. */
@Service
@Command(
    scope = "rookery",
    name = "host-password-list",
    description = "Lists the mailboxes whose passwords are replaced on a host")
public final class HostPasswordList extends HostCommand {

  @Reference(optional = true)
  private MailPasswordService passwords;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    out.list(PasswordView.FIELDS, need(passwords).list(context, id(context)));
  }
}
