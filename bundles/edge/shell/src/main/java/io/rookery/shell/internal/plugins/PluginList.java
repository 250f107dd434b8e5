// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.plugins;

import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.RookeryCommand;
import io.rookery.shell.internal.View;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the plugins and what is wrong with them. */
@Service
@Command(
    scope = "rookery",
    name = "plugin-list",
    description = "Lists the plugins and what is wrong with them")
public final class PluginList extends RookeryCommand {

  private static final View<Plugin> FIELDS =
      View.<Plugin>empty()
          .column("bundle", Plugin::bundle)
          .column("name", Plugin::name)
          .column("version", Plugin::version)
          .column("state", Plugin::state)
          .column("services", Plugin::services)
          .column("problems", Plugin::problems);

  @Reference(optional = true)
  private PluginDirectory plugins;

  @Override
  protected void run(Output out) {
    List<Plugin> all = need(plugins).list();
    out.list(FIELDS, all);
  }
}
