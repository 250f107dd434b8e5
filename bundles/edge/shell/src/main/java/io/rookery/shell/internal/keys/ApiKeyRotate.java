// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.keys;

import io.rookery.api.tenancy.ApiKeyService;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Makes a successor of an API key and shows it this once. */
@Service
@Command(
    scope = "rookery",
    name = "api-key-rotate",
    description = "Makes a successor of an API key and shows it this once")
public final class ApiKeyRotate extends TenantCommand {

  @Argument(index = 1, name = "key", required = true, description = "The key's id")
  private String id;

  @Option(name = "--grace", description = "How long the old key works on, such as 30m, 24h or 7d")
  private String grace = "24h";

  @Reference(optional = true)
  private ApiKeyService keys;

  @Override
  protected void run(Output out) {
    UUID key = Arguments.id("key", id);
    out.show(KeyView.CREATED, need(keys).rotate(context(), key, Arguments.span(grace)));
  }
}
