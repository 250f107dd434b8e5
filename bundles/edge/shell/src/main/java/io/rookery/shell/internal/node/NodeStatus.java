// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.node;

import io.rookery.api.monitoring.HealthCheck;
import io.rookery.api.monitoring.HealthCheck.Health;
import io.rookery.persistence.Leases;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.RookeryCommand;
import io.rookery.shell.internal.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows how this node and its parts are; works while they are not there. */
@Service
@Command(
    scope = "rookery",
    name = "node-status",
    description = "Shows how this node and its parts are")
public final class NodeStatus extends RookeryCommand {

  private static final View<Node> FIELDS =
      View.<Node>empty()
          .detail("node_id", Node::id)
          .detail("alive", Node::alive)
          .detail("ready", Node::ready)
          .detail("checks", Node::checks);

  @Reference(optional = true)
  private Leases leases;

  @Reference private List<HealthCheck> checks;

  /** How the node is; the id is null while it has no lease service. */
  private record Node(String id, boolean alive, boolean ready, Map<String, Object> checks) {}

  @Override
  protected void run(Output out) {
    boolean alive = leases != null && leases.alive();
    boolean ready = alive;
    Map<String, Object> shown = new TreeMap<>();
    for (HealthCheck check : checks == null ? List.<HealthCheck>of() : checks) {
      Health health = check.check();
      ready &= health.ready();
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("ready", health.ready());
      fields.put("detail", health.detail());
      shown.put(check.name(), fields);
    }
    out.show(FIELDS, new Node(leases == null ? null : leases.nodeId(), alive, ready, shown));
  }
}
