// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.plugins;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/**
 * Tells which bundles are plugins: those that work on the interfaces for plugins and on nothing
 * else of Rookery's.
 */
final class PluginBundles {

  private static final String SPI = "io.rookery.spi.";
  private static final List<String> CORE =
      List.of("io.rookery.api.", "io.rookery.persistence", "io.rookery.events", "io.rookery.jobs");

  private PluginBundles() {}

  /** Returns whether a bundle is a plugin, as its manifest says; it need not be resolved. */
  static boolean isPlugin(Bundle bundle) {
    String imports = bundle.getHeaders("").get("Import-Package");
    String exports = bundle.getHeaders("").get("Export-Package");
    return imports != null
        && bundle.getBundleId() != 0
        && imports.contains(SPI)
        && CORE.stream().noneMatch(imports::contains)
        && (exports == null || !exports.contains("io.rookery."))
        && !provides(bundle, SPI + "plugin.");
  }

  private static boolean provides(Bundle bundle, String prefix) {
    String capabilities = bundle.getHeaders("").get("Provide-Capability");
    return capabilities != null && capabilities.contains(prefix);
  }

  /** Returns the packages of a bundle's own classes; empty where it is not resolved. */
  static Set<String> packages(Bundle bundle) {
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    Set<String> packages = new TreeSet<>();
    if (wiring != null) {
      int options = BundleWiring.LISTRESOURCES_LOCAL | BundleWiring.LISTRESOURCES_RECURSE;
      for (String path : wiring.listResources("/", "*.class", options)) {
        int end = path.lastIndexOf('/');
        if (end > 0) {
          packages.add(path.substring(0, end).replace('/', '.'));
        }
      }
    }
    return packages;
  }

  /**
   * Returns the threads that run code of some packages, but for the platform's own, which only call
   * into them.
   */
  static List<Thread> threads(Set<String> packages) {
    List<Thread> found = new ArrayList<>();
    Thread.getAllStackTraces()
        .forEach(
            (thread, stack) -> {
              for (StackTraceElement element : stack) {
                String name = element.getClassName();
                int end = name.lastIndexOf('.');
                if (end > 0
                    && packages.contains(name.substring(0, end))
                    && !thread.getName().startsWith("rookery-sending-")
                    && thread != Thread.currentThread()) {
                  found.add(thread);
                  return;
                }
              }
            });
    return found;
  }
}
