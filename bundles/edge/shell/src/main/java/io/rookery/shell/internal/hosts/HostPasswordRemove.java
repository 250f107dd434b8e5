// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.hosts;

import io.rookery.api.hosts.MailPasswordService;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import java.util.Map;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Has a password replaced no more. */
@Service
@Command(
    scope = "rookery",
    name = "host-password-remove",
    description = "Has a mailbox's password replaced on a host no more; it stays as it is")
public final class HostPasswordRemove extends HostCommand {

  @Argument(index = 2, name = "password", required = true, description = "The id of the password")
  private String password;

  @Reference(optional = true)
  private MailPasswordService passwords;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    UUID id = Arguments.id("password", password);
    need(passwords).remove(context, id(context), id);
    out.done("Left as it is: " + id, Map.of("id", id.toString(), "removed", true));
  }
}
