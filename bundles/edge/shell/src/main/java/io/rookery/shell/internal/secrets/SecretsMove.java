// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.secrets;

import io.rookery.api.secrets.StoreMoves;
import io.rookery.api.secrets.StoreMoves.Move;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.OperatorCommand;
import io.rookery.shell.internal.Output;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Begins to move all secrets to another store, or back. */
@Service
@Command(
    scope = "rookery",
    name = "secrets-move",
    description =
        "Moves all secrets to another store while they are used; goes on where it broke off")
public final class SecretsMove extends OperatorCommand {

  @Argument(index = 0, name = "from", description = "The store that is used, such as embedded")
  private String from;

  @Argument(index = 1, name = "to", description = "The other store, such as vault")
  private String to;

  @Option(name = "--back", description = "Moves back to where they were moved from last")
  private boolean back;

  @Reference(optional = true)
  private StoreMoves moves;

  @Override
  protected void run(Output out) {
    if (back == (to != null) || back && from != null) {
      throw new RookeryException(
          CommonErrors.INVALID_REQUEST, "Name the two stores, or give --back and none");
    }
    TenantContext operator = operator();
    Move move = back ? need(moves).back(operator) : need(moves).move(operator, from, to);
    out.show(MoveView.FIELDS, move);
  }
}
