// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.people;

import io.rookery.api.people.MemberService;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.Stretch;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists a tenant's members. */
@Service
@Command(
    scope = "rookery",
    name = "member-list",
    description = "Lists a tenant's members, those who joined first first")
public final class MemberList extends TenantCommand {

  @Option(name = "--limit", description = "How many at most")
  private int limit = 100;

  @Reference(optional = true)
  private MemberService members;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    MemberService service = need(members);
    out.list(MemberView.FIELDS, Stretch.read(limit, page -> service.list(context, page)));
  }
}
