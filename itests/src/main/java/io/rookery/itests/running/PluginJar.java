// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.running;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A copy of a plugin's jar under another version, another name or with other properties, so that
 * many versions of one plugin can be had without as many sources.
 */
public final class PluginJar {

  private static final String SYMBOLIC_NAME = "Bundle-SymbolicName";

  private final Path original;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, String> properties = new LinkedHashMap<>();

  private PluginJar(Path original) {
    this.original = original;
  }

  /** Begins a copy of a jar. */
  public static PluginJar copyOf(Path original) {
    return new PluginJar(original);
  }

  /** Gives the copy a version: the bundle's, and the one that its services are registered with. */
  public PluginJar version(String version) {
    headers.put("Bundle-Version", version);
    return property("version", version);
  }

  /** Gives the bundle another name, so that it is another plugin. */
  public PluginJar symbolicName(String name) {
    headers.put(SYMBOLIC_NAME, name);
    return this;
  }

  /** Sets a property of its components, which must have it. */
  public PluginJar property(String name, String value) {
    properties.put(name, value);
    return this;
  }

  /**
   * Writes the copy in one move, so that whoever watches the folder never sees half of it.
   *
   * @throws IOException also where the original has no such property, or exports packages, as no
   *     plugin may
   */
  public Path write(Path target) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarFile jar = new JarFile(original.toFile());
        JarOutputStream out = new JarOutputStream(bytes, manifest(jar))) {
      Map<String, String> missing = new LinkedHashMap<>(properties);
      for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
        if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
          out.putNextEntry(new JarEntry(entry.getName()));
          content(jar, entry, missing).transferTo(out);
        }
      }
      if (!missing.isEmpty()) {
        throw new IOException("No component of " + original + " has " + missing.keySet());
      }
    }
    Path part = Files.createTempFile("plugin", ".part");
    Files.write(part, bytes.toByteArray());
    return Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
  }

  private Manifest manifest(JarFile jar) throws IOException {
    Manifest manifest = new Manifest(jar.getManifest());
    Attributes main = manifest.getMainAttributes();
    if (main.getValue("Export-Package") != null) {
      throw new IOException("A plugin exports nothing, but " + original + " does");
    }
    headers.forEach(main::putValue);
    return manifest;
  }

  private InputStream content(JarFile jar, JarEntry entry, Map<String, String> missing)
      throws IOException {
    InputStream content = jar.getInputStream(entry);
    if (!entry.getName().startsWith("OSGI-INF/") || !entry.getName().endsWith(".xml")) {
      return content;
    }
    String xml = new String(content.readAllBytes(), StandardCharsets.UTF_8);
    for (Map.Entry<String, String> property : properties.entrySet()) {
      Matcher value =
          Pattern.compile("(<property name=\"" + property.getKey() + "\"[^>]* value=\")[^\"]*")
              .matcher(xml);
      if (value.find()) {
        missing.remove(property.getKey());
        xml = value.replaceAll("$1" + Matcher.quoteReplacement(property.getValue()));
      }
    }
    return new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8));
  }
}
