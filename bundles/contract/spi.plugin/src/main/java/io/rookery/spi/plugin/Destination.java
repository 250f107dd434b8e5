// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.plugin;

import java.time.Duration;
import java.util.Objects;

/**
 * Where a guarded connection shall go.
 *
 * @param protocol what will be spoken, which decides the ports that are allowed
 * @param host a host name or an address literal
 * @param port the TCP port, 1 to 65535
 * @param timeout how long connecting may take, for all addresses together
 */
public record Destination(Protocol protocol, String host, int port, Duration timeout) {

  /** What is spoken over a guarded connection. */
  public enum Protocol {
    SMTP,
    IMAP,
    SSH,
    HTTPS
  }

  /** Checks that there is somewhere to go. */
  public Destination {
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(timeout, "timeout");
    if (host == null || host.isBlank() || port < 1 || port > 65535) {
      throw new IllegalArgumentException("A destination needs a host and a port of 1 to 65535");
    }
  }
}
