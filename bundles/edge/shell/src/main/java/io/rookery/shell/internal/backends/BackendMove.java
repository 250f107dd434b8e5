// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.backends;

import io.rookery.api.sending.BackendVersions;
import io.rookery.api.sending.BackendVersions.Move;
import io.rookery.shell.internal.OperatorCommand;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCompleter;
import io.rookery.shell.internal.Tenants;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Moves tenants to another installed version of a mail backend; all, unless told otherwise. */
@Service
@Command(
    scope = "rookery",
    name = "backend-move",
    description = "Moves tenants to another installed version of a mail backend; all by default")
public final class BackendMove extends OperatorCommand {

  @Argument(index = 0, name = "backend", required = true, description = "The backend's name")
  @Completion(BackendCompleter.class)
  private String backend;

  @Argument(index = 1, name = "version", required = true, description = "The version to move to")
  private String version;

  @Option(name = "--percent", description = "The share of tenants to move, 1 to 100")
  private Integer percent;

  @Option(name = "--tenant", multiValued = true, description = "A tenant to move, slug or id")
  @Completion(TenantCompleter.class)
  private List<String> names;

  @Option(
      name = "--return-above",
      description = "The share of failures in per cent above which all go back, 25 by default")
  private int returnAbove = 25;

  @Reference(optional = true)
  private BackendVersions versions;

  @Override
  protected void run(Output out) {
    Set<UUID> tenants =
        names == null
            ? Set.of()
            : names.stream()
                .map(name -> Tenants.find(tenants(), actor(), name).id())
                .collect(Collectors.toSet());
    Integer share = percent == null && tenants.isEmpty() ? Integer.valueOf(100) : percent;
    Move move = new Move(backend, version, share, tenants, returnAbove);
    out.show(UseView.FIELDS, need(versions).move(operator(), move));
  }
}
