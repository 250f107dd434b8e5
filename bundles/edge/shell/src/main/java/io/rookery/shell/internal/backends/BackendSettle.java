// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.backends;

import io.rookery.api.sending.BackendVersions;
import io.rookery.shell.internal.OperatorCommand;
import io.rookery.shell.internal.Output;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Makes the version that tenants were moved to the current one, for all. */
@Service
@Command(
    scope = "rookery",
    name = "backend-settle",
    description = "Makes the version that tenants were moved to the current one, for all")
public final class BackendSettle extends OperatorCommand {

  @Argument(index = 0, name = "backend", required = true, description = "The backend's name")
  @Completion(BackendCompleter.class)
  private String backend;

  @Reference(optional = true)
  private BackendVersions versions;

  @Override
  protected void run(Output out) {
    out.show(UseView.FIELDS, need(versions).settle(operator(), backend));
  }
}
