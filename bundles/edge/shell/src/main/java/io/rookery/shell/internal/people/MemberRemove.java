// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.people;

import io.rookery.api.people.MemberService;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import java.util.Map;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Removes a member. */
@Service
@Command(
    scope = "rookery",
    name = "member-remove",
    description = "Removes a member and ends the person's sessions in the tenant")
public final class MemberRemove extends TenantCommand {

  @Argument(index = 1, name = "member", required = true, description = "The member's id")
  private String member;

  @Reference(optional = true)
  private MemberService members;

  @Override
  protected void run(Output out) {
    UUID id = Arguments.id("member", member);
    need(members).remove(context(), id);
    out.done("The member is removed", Map.of("member", id.toString(), "removed", true));
  }
}
