// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.people;

import io.rookery.api.people.MemberService;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Restricts a member to workspaces. */
@Service
@Command(
    scope = "rookery",
    name = "member-restrict",
    description = "Restricts a member to workspaces, or, where none is named, to none no longer")
public final class MemberRestrict extends TenantCommand {

  @Argument(index = 1, name = "member", required = true, description = "The member's id")
  private String member;

  @Argument(
      index = 2,
      name = "workspaces",
      multiValued = true,
      description = "The workspaces' ids; without any the person sees the whole tenant")
  private List<String> workspaces;

  @Reference(optional = true)
  private MemberService members;

  @Override
  protected void run(Output out) {
    Set<UUID> wanted =
        workspaces == null
            ? null
            : workspaces.stream()
                .map(id -> Arguments.id("workspace", id))
                .collect(Collectors.toSet());
    out.show(
        MemberView.FIELDS,
        need(members).restrict(context(), Arguments.id("member", member), wanted, 0));
  }
}
