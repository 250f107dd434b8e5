// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.health;

import java.util.List;
import java.util.Optional;

/** Asks name servers. */
@FunctionalInterface
interface NameServers {

  /**
   * Asks for the records of a name.
   *
   * @param type such as {@code A} or {@code PTR}
   * @return the values, none where there is no such record; empty where nobody knows
   */
  Optional<List<String>> ask(String name, String type);
}
