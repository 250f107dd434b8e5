// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.secrets;

import io.rookery.api.secrets.StoreMoves;
import io.rookery.api.secrets.StoreMoves.Store;
import io.rookery.shell.internal.OperatorCommand;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.View;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the stores that secrets may stand in. */
@Service
@Command(
    scope = "rookery",
    name = "secrets-stores",
    description = "Lists the secret stores of this node and which of them is used")
public final class SecretsStores extends OperatorCommand {

  private static final View<Store> FIELDS =
      View.<Store>empty()
          .column("name", Store::name)
          .column("active", Store::active)
          .column("status", Store::status);

  @Reference(optional = true)
  private StoreMoves moves;

  @Override
  protected void run(Output out) {
    out.list(FIELDS, need(moves).stores());
  }
}
