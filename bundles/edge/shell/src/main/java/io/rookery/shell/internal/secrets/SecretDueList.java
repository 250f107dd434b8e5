// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.secrets;

import io.rookery.api.secrets.RotatingSecret.Due;
import io.rookery.api.secrets.RotationService;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.Stretch;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the secrets that can be replaced. */
@Service
@Command(
    scope = "rookery",
    name = "secret-due-list",
    description = "Lists the secrets that can be replaced and when they are due, never a value")
public final class SecretDueList extends TenantCommand {

  @Option(name = "--due", description = "all, overdue or within_7_days")
  private String due = "all";

  @Option(name = "--limit", description = "How many at most")
  private int limit = 100;

  @Reference(optional = true)
  private RotationService rotations;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    Due wanted = Arguments.constant("word", Due.class, due);
    out.list(
        RotationView.SECRET,
        Stretch.read(limit, page -> need(rotations).secrets(context, wanted, page)));
  }
}
