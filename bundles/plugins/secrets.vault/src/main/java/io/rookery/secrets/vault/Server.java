// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * Where the server is.
 *
 * @param address its address without a path
 * @param namespace sent with each request, or empty
 * @param authorities the PEM file of the authorities that are trusted, or null for Java's
 * @param timeout how long a whole answer may take
 * @param connections how many requests are under way at most
 */
record Server(URI address, String namespace, Path authorities, Duration timeout, int connections) {

  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "[::1]", "localhost");

  Server {
    String scheme = String.valueOf(address.getScheme());
    if (address.getHost() == null || !Set.of("http", "https").contains(scheme)) {
      throw new IllegalArgumentException("address must be such as https://vault.example.org:8200");
    }
    if (scheme.equals("http") && !THIS_MACHINE.contains(address.getHost())) {
      throw new IllegalArgumentException("address must begin with https beyond this machine");
    }
    if (timeout.toMillis() < 1 || connections < 1) {
      throw new IllegalArgumentException("timeout_ms and connections must be at least 1");
    }
  }

  static Server of(VaultConfiguration configuration, Path base) {
    String authorities = configuration.ca__file().strip();
    return new Server(
        URI.create(configuration.address().strip().replaceFirst("/+$", "")),
        Access.trimmed(configuration.namespace()),
        authorities.isEmpty() ? null : base.resolve(authorities),
        Duration.ofMillis(configuration.timeout__ms()),
        configuration.connections());
  }
}
