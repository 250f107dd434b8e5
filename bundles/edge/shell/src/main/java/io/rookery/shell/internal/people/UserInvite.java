// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.people;

import io.rookery.api.people.Invitation;
import io.rookery.api.people.InvitationService;
import io.rookery.api.people.Role;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import io.rookery.shell.internal.View;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Invites somebody into a tenant. */
@Service
@Command(
    scope = "rookery",
    name = "user-invite",
    description = "Invites somebody into a tenant by mail, such as its first owner")
public final class UserInvite extends TenantCommand {

  private static final View<Invitation> FIELDS =
      View.<Invitation>empty()
          .column("id", Invitation::id)
          .column("email", Invitation::email)
          .column("role", Invitation::role)
          .column("expires_at", Invitation::expiresAt);

  @Option(name = "--role", description = "owner, admin, member or viewer; owner by default")
  @Completion(RoleCompleter.class)
  private String role = "owner";

  @Argument(index = 1, name = "email", required = true, description = "Who is invited")
  private String email;

  @Reference(optional = true)
  private InvitationService invitations;

  @Override
  protected void run(Output out) {
    Role wanted = Arguments.constant("role", Role.class, role);
    out.show(FIELDS, need(invitations).invite(context(), email, wanted));
  }
}
