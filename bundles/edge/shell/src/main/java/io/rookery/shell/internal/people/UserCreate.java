// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.people;

import io.rookery.api.people.Role;
import io.rookery.api.people.UserService;
import io.rookery.api.people.UserService.NewUser;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import io.rookery.spi.plugin.Secret;
import java.io.IOException;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Makes a person's account. The password is asked for or piped, and is never an argument. */
@Service
@Command(
    scope = "rookery",
    name = "user-create",
    description = "Makes a person's account and a membership, such as a tenant's first owner")
public final class UserCreate extends TenantCommand {

  @Argument(index = 1, name = "email", required = true, description = "What the person signs in by")
  private String email;

  @Argument(index = 2, name = "name", required = true, description = "The person's name")
  private String name;

  @Option(name = "--role", description = "owner, admin, member or viewer")
  @Completion(RoleCompleter.class)
  private String role = "owner";

  @Option(name = "--stdin", description = "Reads the password from a pipe instead of asking for it")
  private boolean stdin;

  @Reference(optional = true)
  private UserService users;

  @Override
  protected void run(Output out) throws IOException {
    Role wanted = Arguments.constant("role", Role.class, role);
    UUID tenant = tenant().id();
    Secret password = stdin ? NewPassword.piped() : NewPassword.ask(session());
    NewUser user = new NewUser(email, name, password, wanted);
    out.show(MemberView.FIELDS, need(users).create(operator(), tenant, user));
  }
}
