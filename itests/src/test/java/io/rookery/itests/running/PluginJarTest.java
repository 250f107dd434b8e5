// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginJarTest {

  private static final String COMPONENT = "OSGI-INF/component.xml";

  @TempDir Path folder;

  @Test
  void copyShouldHaveOtherVersionInManifestAndComponent() throws IOException {
    Path copy =
        PluginJar.copyOf(plugin(null))
            .symbolicName("io.rookery.mail.other")
            .version("0.1.7")
            .property("backend", "other")
            .write(folder.resolve("copy.jar"));

    try (JarFile jar = new JarFile(copy.toFile())) {
      Attributes headers = jar.getManifest().getMainAttributes();
      assertThat(headers.getValue("Bundle-Version")).isEqualTo("0.1.7");
      assertThat(headers.getValue("Bundle-SymbolicName")).isEqualTo("io.rookery.mail.other");
      assertThat(text(jar, COMPONENT))
          .contains("<property name=\"version\" type=\"String\" value=\"0.1.7\"/>")
          .contains("<property name=\"backend\" type=\"String\" value=\"other\"/>");
      assertThat(text(jar, "io/rookery/Some.class")).isEqualTo("version value=\"0.1.0\"");
    }
  }

  @Test
  void propertyThatNobodyHasShouldBeRefused() {
    assertThatThrownBy(
            () -> PluginJar.copyOf(plugin(null)).property("mode", "hang").write(target()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("mode");
  }

  @Test
  void pluginThatExportsShouldBeRefused() {
    assertThatThrownBy(() -> PluginJar.copyOf(plugin("io.rookery.mail")).write(target()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("exports nothing");
  }

  private Path target() {
    return folder.resolve("target.jar");
  }

  private Path plugin(String exports) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Bundle-SymbolicName", "io.rookery.mail.some");
    manifest.getMainAttributes().putValue("Bundle-Version", "0.1.0");
    if (exports != null) {
      manifest.getMainAttributes().putValue("Export-Package", exports);
    }
    Path file = folder.resolve("plugin.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), manifest)) {
      entry(
          out,
          COMPONENT,
          "<property name=\"backend\" type=\"String\" value=\"some\"/>"
              + "<property name=\"version\" type=\"String\" value=\"0.1.0\"/>");
      entry(out, "io/rookery/Some.class", "version value=\"0.1.0\"");
    }
    return file;
  }

  private static void entry(JarOutputStream out, String name, String text) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(JarFile jar, String entry) throws IOException {
    return new String(
        jar.getInputStream(jar.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
  }
}
