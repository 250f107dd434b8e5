// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.secrets;

import io.rookery.api.secrets.StoreMoves;
import io.rookery.kernel.RookeryException;
import io.rookery.shell.internal.OperatorCommand;
import io.rookery.shell.internal.Output;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows how the last move of all secrets stands. */
@Service
@Command(
    scope = "rookery",
    name = "secrets-move-show",
    description = "Shows how the last move of all secrets stands")
public final class SecretsMoveShow extends OperatorCommand {

  @Reference(optional = true)
  private StoreMoves moves;

  @Override
  protected void run(Output out) {
    out.show(
        MoveView.FIELDS,
        need(moves)
            .last(operator())
            .orElseThrow(() -> RookeryException.notFound("move of secrets")));
  }
}
