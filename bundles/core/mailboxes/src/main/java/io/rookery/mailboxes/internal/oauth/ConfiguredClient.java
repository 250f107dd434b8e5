// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.oauth;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;

/** One file of the operator's, {@code etc/io.rookery.mailboxes.oauth-NAME.cfg}. */
@Component(
    service = ConfiguredClient.class,
    configurationPid = ClientConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ClientConfiguration.class, factory = true)
public final class ConfiguredClient {

  private final Client client;

  /** Reads the file; one without a client id is only waiting for one. */
  @Activate
  public ConfiguredClient(ClientConfiguration file) {
    this(file.client__id().isBlank() ? null : Client.of(file));
  }

  ConfiguredClient(Client client) {
    this.client = client;
  }

  /** Returns the registration, or null where there is none yet. */
  Client client() {
    return client;
  }
}
