// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.node;

import io.rookery.api.secrets.SecretService;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.RookeryCommand;
import io.rookery.shell.internal.View;
import io.rookery.spi.secrets.StoreStatus;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows whether the secret store can be used now. */
@Service
@Command(
    scope = "rookery",
    name = "secret-status",
    description = "Shows whether the secret store can be used now")
public final class SecretStatus extends RookeryCommand {

  private static final View<StoreStatus> FIELDS =
      View.<StoreStatus>empty().column("status", status -> status);

  @Reference(optional = true)
  private SecretService secrets;

  @Override
  protected void run(Output out) {
    out.show(FIELDS, need(secrets).status());
  }
}
