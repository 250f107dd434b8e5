// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.hosts;

import io.rookery.api.hosts.HostData;
import io.rookery.api.hosts.HostService;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Registers a host without talking to it. */
@Service
@Command(
    scope = "rookery",
    name = "host-add",
    description = "Registers a host without talking to it")
public final class HostAdd extends TenantCommand {

  @Argument(index = 1, name = "name", required = true, description = "What people call it")
  private String name;

  @Argument(index = 2, name = "address", required = true, description = "Host name or IP address")
  private String address;

  @Option(name = "--port", description = "The port of its SSH server")
  private int port = 22;

  @Option(name = "--fingerprint", description = "The host key that it must show, where known")
  private String fingerprint;

  @Reference(optional = true)
  private HostService hosts;

  @Override
  protected void run(Output out) {
    HostData data = new HostData(name, address, port, fingerprint);
    out.show(HostView.FIELDS, need(hosts).create(context(), data));
  }
}
