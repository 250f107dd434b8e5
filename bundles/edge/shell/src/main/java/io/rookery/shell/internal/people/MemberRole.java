// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.people;

import io.rookery.api.people.MemberService;
import io.rookery.api.people.Role;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Gives a member another role. */
@Service
@Command(scope = "rookery", name = "member-role", description = "Gives a member another role")
public final class MemberRole extends TenantCommand {

  @Argument(index = 1, name = "member", required = true, description = "The member's id")
  private String member;

  @Argument(
      index = 2,
      name = "role",
      required = true,
      description = "owner, admin, member or viewer")
  @Completion(RoleCompleter.class)
  private String role;

  @Reference(optional = true)
  private MemberService members;

  @Override
  protected void run(Output out) {
    Role wanted = Arguments.constant("role", Role.class, role);
    out.show(
        MemberView.FIELDS,
        need(members).changeRole(context(), Arguments.id("member", member), wanted, 0));
  }
}
