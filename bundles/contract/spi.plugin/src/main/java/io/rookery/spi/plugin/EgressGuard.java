// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.plugin;

import java.io.IOException;
import java.net.Socket;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Opens every connection that a tenant can influence. It resolves the name, checks each address
 * against private, loopback, link-local, multicast and other special ranges and against the
 * operator's list, checks the port against the protocol, and connects to the very address that was
 * checked, so a name that changes its address in between gains nothing. Thread-safe.
 */
@ProviderType
public interface EgressGuard {

  /**
   * Returns a connected TCP socket with {@code TCP_NODELAY} set; the caller closes it.
   *
   * @throws EgressRefusedException where the destination is not allowed
   * @throws IOException where it cannot be resolved or reached in time
   */
  Socket connect(Destination destination) throws IOException;
}
