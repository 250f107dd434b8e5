// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.hosts;

import io.rookery.api.hosts.MailPasswordService;
import io.rookery.api.hosts.MailPasswordService.NewMailPassword;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Has a mailbox's password replaced on a host from now on. */
@Service
@Command(
    scope = "rookery",
    name = "host-password-add",
    description = "Has a mailbox's password replaced in Dovecot's files on a host from now on")
public final class HostPasswordAdd extends HostCommand {

  @Argument(index = 2, name = "mailbox", required = true, description = "The mailbox's id")
  private String mailbox;

  @Argument(index = 3, name = "user", required = true, description = "The name in the file")
  private String user;

  @Argument(index = 4, name = "file", required = true, description = "The passwd-file on the host")
  private String file;

  @Argument(
      index = 5,
      name = "grace-file",
      description =
          "The passwd-file of a second passdb, in the same folder; without one mail waits while passwords are swapped")
  private String graceFile;

  @Option(name = "--days", description = "After how many days it is replaced by itself")
  private int days = 180;

  @Reference(optional = true)
  private MailPasswordService passwords;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    UUID box = Arguments.id("mailbox", mailbox);
    NewMailPassword wanted = new NewMailPassword(box, user, file, graceFile, days);
    out.show(PasswordView.FIELDS, need(passwords).register(context, id(context), wanted));
  }
}
