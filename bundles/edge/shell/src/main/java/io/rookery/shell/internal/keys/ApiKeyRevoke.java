// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.keys;

import io.rookery.api.tenancy.ApiKeyService;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Ends an API key at once. */
@Service
@Command(scope = "rookery", name = "api-key-revoke", description = "Ends an API key at once")
public final class ApiKeyRevoke extends TenantCommand {

  @Argument(index = 1, name = "key", required = true, description = "The key's id")
  private String id;

  @Reference(optional = true)
  private ApiKeyService keys;

  @Override
  protected void run(Output out) {
    out.show(KeyView.FIELDS, need(keys).revoke(context(), Arguments.id("key", id)));
  }
}
