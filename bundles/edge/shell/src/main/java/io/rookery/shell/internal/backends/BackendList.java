// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.backends;

import io.rookery.api.mailboxes.BackendDirectory;
import io.rookery.api.mailboxes.BackendDirectory.Backend;
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

/** Lists the mail backends that are installed now. */
@Service
@Command(
    scope = "rookery",
    name = "backend-list",
    description = "Lists the mail backends that are installed now")
public final class BackendList extends RookeryCommand {

  private static final View<Backend> FIELDS =
      View.<Backend>empty()
          .column("name", Backend::name)
          .column("version", Backend::version)
          .column("capabilities", it -> it.capabilities().stream().sorted().toList())
          .detail("settings", it -> it.settings().stream().map(Setting::name).toList());

  @Option(name = "--name", description = "Only backends of this name")
  @Completion(BackendCompleter.class)
  private String name;

  @Reference(optional = true)
  private BackendDirectory backends;

  @Override
  protected void run(Output out) {
    List<Backend> all = need(backends).list();
    out.list(FIELDS, all.stream().filter(it -> name == null || name.equals(it.name())).toList());
  }
}
