// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.swap;

import io.rookery.itests.running.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Ever new versions of the plugin, as jars and as features. Not thread-safe. */
public final class Releases {

  private final Path plugin;
  private final Path faulty;
  private final Path folder;
  private int number;

  /**
   * Makes releases in a folder.
   *
   * @param plugin the plugin's jar
   * @param faulty the jar of the plugin that can be told to fail
   */
  public Releases(Path plugin, Path faulty, Path folder) throws IOException {
    this.plugin = plugin;
    this.faulty = faulty;
    this.folder = Files.createDirectories(folder);
  }

  /** A version with its jar. */
  record Release(String version, Path jar) {
    String url() {
      return jar.toUri().toString();
    }
  }

  /** Makes the next version. */
  Release next() throws IOException {
    String version = "0.1." + ++number;
    Path jar = folder.resolve("smtp-" + version + ".jar");
    return new Release(version, PluginJar.copyOf(plugin).version(version).write(jar));
  }

  /** Makes a next version that puts off every second message instead of sending it. */
  Release failing() throws IOException {
    String version = "0.1." + ++number;
    PluginJar copy =
        PluginJar.copyOf(faulty)
            .symbolicName(Operator.PLUGIN)
            .version(version)
            .property("backend", Operator.BACKEND)
            .property("mode", "half");
    return new Release(version, copy.write(folder.resolve("half-" + version + ".jar")));
  }

  /** Writes a feature repository with a release as its only feature; returns its URL. */
  String repository(Release release) throws IOException {
    String xml =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <features xmlns="http://karaf.apache.org/xmlns/features/v1.6.0" name="swap-%1$s">
          <feature name="swap-smtp" version="%1$s">
            <bundle start-level="80">%2$s</bundle>
          </feature>
        </features>
        """
            .formatted(release.version(), release.url());
    Path file = folder.resolve("features-" + release.version() + ".xml");
    return Files.writeString(file, xml).toUri().toString();
  }
}
