// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import io.rookery.spi.secrets.StoreSetup;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Prepares a server under an operator's token: mount, policies, AppRole, the platform's role, and
 * the files with which this node signs in. Each run has a connection of its own, which it closes.
 */
@Component(configurationPid = VaultConfiguration.PID, property = "store=vault")
public final class VaultSetup implements StoreSetup {

  private final Server server;
  private final Access access;
  private final Clock clock;

  /** Takes the configuration that the store works with. */
  @Activate
  public VaultSetup(VaultConfiguration configuration, BundleContext bundle) {
    this(
        Server.of(configuration, VaultStore.base(bundle)),
        Access.of(configuration, VaultStore.base(bundle)),
        Clock.systemUTC());
  }

  VaultSetup(Server server, Access access, Clock clock) {
    this.server = server;
    this.access = access;
    this.clock = clock;
  }

  @Override
  public List<Step> apply(Order order) {
    Path folder = order.folder() == null ? access.folder() : order.folder();
    Guard guard = new Guard(server, new Breaker());
    Credentials credentials = new Credentials(access, folder, guard, clock);
    try (Line line = new Line(server)) {
      Operator operator = new Operator(line.wire(), guard, order.token());
      List<Step> steps = new ArrayList<>();
      new Preparation(operator, access).apply(steps);
      new Issue(operator, access, credentials, clock).apply(order.renew(), steps);
      return steps;
    }
  }
}
