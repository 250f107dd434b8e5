// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.hosts;

import io.rookery.api.hosts.SshKeyService;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists a host's keys. */
@Service
@Command(
    scope = "rookery",
    name = "host-key-list",
    description = "Lists the keys that sign in to a host, revoked ones too")
public final class HostKeyList extends HostCommand {

  @Reference(optional = true)
  private SshKeyService keys;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    out.list(KeyView.FIELDS, need(keys).list(context, id(context)));
  }
}
