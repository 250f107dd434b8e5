// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.keys;

import io.rookery.api.tenancy.ApiKeyService;
import io.rookery.api.tenancy.KeyUsage;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import io.rookery.shell.internal.View;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows how much an API key was used in the last 30 days. */
@Service
@Command(
    scope = "rookery",
    name = "api-key-usage",
    description = "Shows how much an API key was used in the last 30 days, by day or by operation")
public final class ApiKeyUsage extends TenantCommand {

  private static final View<KeyUsage.Day> DAYS =
      View.<KeyUsage.Day>empty()
          .column("day", KeyUsage.Day::day)
          .column("calls", KeyUsage.Day::calls);

  private static final View<KeyUsage.Operation> OPERATIONS =
      View.<KeyUsage.Operation>empty()
          .column("operation", KeyUsage.Operation::operation)
          .column("calls", KeyUsage.Operation::calls);

  @Argument(index = 1, name = "key", required = true, description = "The key's id")
  private String id;

  @Option(name = "--operations", description = "Shows what was called most instead of the days")
  private boolean operations;

  @Reference(optional = true)
  private ApiKeyService keys;

  @Override
  protected void run(Output out) {
    KeyUsage usage = need(keys).usage(context(), Arguments.id("key", id));
    if (operations) {
      out.list(OPERATIONS, usage.operations());
    } else {
      out.list(DAYS, usage.days());
    }
  }
}
