// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.plugins;

import java.util.List;

/**
 * A plugin as the shell shows it.
 *
 * @param bundle the bundle's id, or null where it is gone and has left something behind
 * @param services the interfaces that it offers now
 * @param problems what is wrong, empty where nothing is
 */
public record Plugin(
    Long bundle,
    String name,
    String version,
    String state,
    List<String> services,
    List<String> problems) {

  /** Copies the lists. */
  public Plugin {
    services = List.copyOf(services);
    problems = List.copyOf(problems);
  }
}
