// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.keys;

import io.rookery.api.tenancy.ApiKeyService;
import io.rookery.api.tenancy.ApiKeyService.NewApiKey;
import io.rookery.api.tenancy.Scope;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Makes an API key and shows it this once. */
@Service
@Command(
    scope = "rookery",
    name = "api-key-create",
    description = "Makes an API key and shows it this once")
public final class ApiKeyCreate extends TenantCommand {

  @Option(name = "--name", required = true, description = "Its name for people")
  private String name;

  @Option(name = "--scopes", description = "Scopes joined by commas, or all")
  private String scopes = "all";

  @Option(name = "--test", description = "Makes a test key, whose mail never leaves the sandbox")
  private boolean test;

  @Option(
      name = "--from",
      description = "Addresses and ranges joined by commas that it may be used from")
  private String from = "";

  @Option(name = "--expires", description = "After how long it ends, such as 12h or 90d")
  private String expires;

  @Reference(optional = true)
  private ApiKeyService keys;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    Mode mode = test ? Mode.TEST : Mode.LIVE;
    List<String> addresses =
        Arrays.stream(from.split(",")).map(String::strip).filter(it -> !it.isEmpty()).toList();
    Instant end = expires == null ? null : Instant.now().plus(Arguments.span(expires));
    NewApiKey wanted = new NewApiKey(name, Scopes.parse(scopes, mode), mode, end, addresses);
    out.show(KeyView.CREATED, need(keys).create(context, wanted, EnumSet.allOf(Scope.class)));
  }
}
