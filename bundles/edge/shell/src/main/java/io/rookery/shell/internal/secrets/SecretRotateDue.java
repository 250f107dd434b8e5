// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.secrets;

import io.rookery.api.secrets.RotatingSecret.Due;
import io.rookery.api.secrets.RotationService;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import io.rookery.shell.internal.View;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Has secrets replaced one after another. */
@Service
@Command(
    scope = "rookery",
    name = "secret-rotate-due",
    description = "Has a tenant's secrets replaced that are due, one after another")
public final class SecretRotateDue extends TenantCommand {

  private static final View<Integer> BEGUN = View.<Integer>empty().column("begun", it -> it);

  @Option(name = "--due", description = "all, overdue or within_7_days")
  private String due = "overdue";

  @Reference(optional = true)
  private RotationService rotations;

  @Override
  protected void run(Output out) {
    Due wanted = Arguments.constant("word", Due.class, due);
    out.show(BEGUN, need(rotations).startAll(context(), wanted));
  }
}
