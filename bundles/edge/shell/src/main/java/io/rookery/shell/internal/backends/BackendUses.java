// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.backends;

import io.rookery.api.sending.BackendVersions;
import io.rookery.shell.internal.OperatorCommand;
import io.rookery.shell.internal.Output;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows which versions of mail backends tenants use. */
@Service
@Command(
    scope = "rookery",
    name = "backend-uses",
    description = "Shows which versions of mail backends tenants use")
public final class BackendUses extends OperatorCommand {

  @Reference(optional = true)
  private BackendVersions versions;

  @Override
  protected void run(Output out) {
    out.list(UseView.FIELDS, need(versions).uses(operator()));
  }
}
