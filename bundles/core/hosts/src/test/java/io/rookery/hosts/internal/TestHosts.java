// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal;

import io.rookery.api.hosts.HostService;
import io.rookery.api.secrets.SecretService;
import io.rookery.events.NewEvent;
import io.rookery.hosts.internal.ssh.SshDoor;
import io.rookery.persistence.test.TestDatabase;
import java.time.Clock;
import java.util.List;

/** Hosts for the tests of other packages. */
public final class TestHosts {

  private TestHosts() {}

  public static HostService service(
      TestDatabase database, SecretService secrets, List<NewEvent> events, SshDoor door) {
    return new HostServiceImpl(
        database.transactions(),
        secrets,
        (tx, appended) -> events.addAll(appended),
        door,
        Clock.systemUTC());
  }
}
