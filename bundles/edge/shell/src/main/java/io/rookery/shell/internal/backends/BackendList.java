// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.backends;

import io.rookery.api.mailboxes.BackendDirectory;
import io.rookery.api.mailboxes.BackendDirectory.Backend;
import io.rookery.api.sending.BackendVersions;
import io.rookery.api.sending.BackendVersions.Installed;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.RookeryCommand;
import io.rookery.shell.internal.View;
import io.rookery.spi.plugin.Setting;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the mail backends that are installed now, and how they do on this node. */
@Service
@Command(
    scope = "rookery",
    name = "backend-list",
    description = "Lists the mail backends that are installed now, and how they do on this node")
public final class BackendList extends RookeryCommand {

  private static final View<Row> FIELDS =
      View.<Row>empty()
          .column("name", it -> it.backend.name())
          .column("version", it -> it.backend.version())
          .column("calls", it -> it.installed.calls())
          .column("silent_calls", it -> it.installed.silentCalls())
          .column("accepted", it -> it.installed.accepted())
          .column("failed", it -> it.installed.failed())
          .column("problem", it -> it.installed.problem())
          .column("unreachable", it -> it.installed.unreachable())
          .column("capabilities", it -> it.backend.capabilities().stream().sorted().toList())
          .detail("settings", it -> it.backend.settings().stream().map(Setting::name).toList());

  @Option(name = "--name", description = "Only backends of this name")
  @Completion(BackendCompleter.class)
  private String name;

  @Reference(optional = true)
  private BackendDirectory backends;

  @Reference(optional = true)
  private BackendVersions versions;

  private record Row(Backend backend, Installed installed) {}

  @Override
  protected void run(Output out) {
    List<Installed> installed = versions == null ? List.of() : versions.installed();
    out.list(
        FIELDS,
        need(backends).list().stream()
            .filter(it -> name == null || name.equals(it.name()))
            .map(it -> new Row(it, find(installed, it)))
            .toList());
  }

  /** A backend that the sending line does not know yet has done nothing. */
  private static Installed find(List<Installed> installed, Backend backend) {
    return installed.stream()
        .filter(it -> it.backend().equals(backend.name()))
        .filter(it -> it.version().equals(backend.version()))
        .findFirst()
        .orElse(new Installed(backend.name(), backend.version(), 0, 0, 0, 0, null));
  }
}
