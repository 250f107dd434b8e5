// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.ssh;

import io.rookery.api.hosts.Host;
import io.rookery.api.hosts.HostErrors;
import io.rookery.api.hosts.HostKey;
import io.rookery.kernel.RookeryException;

/**
 * Where an SSH server is and which key it must show.
 *
 * @param address a host name or an IP address
 * @param port its TCP port
 * @param pinned the key, or null to take none
 */
public record SshTarget(String address, int port, HostKey pinned) {

  /** Returns where a host is. */
  public static SshTarget of(Host host) {
    return new SshTarget(host.address(), host.port(), host.hostKey());
  }

  /** Returns the pinned key, or refuses to go on without one. */
  public HostKey required() {
    if (pinned == null) {
      throw new RookeryException(
          HostErrors.NOT_PINNED,
          "Nobody has said yet which key this host must show. Look at the key that it shows, compare"
              + " it with what stands on the host itself, and pin it");
    }
    return pinned;
  }
}
