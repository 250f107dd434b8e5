// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the next version of an unpacked distribution: its sending bundle has a higher micro version
 * and one more migration, which only adds (expand, then contract).
 */
public final class NextVersion {

  private static final Pattern MIGRATION = Pattern.compile("db/migration/sending/V(\\d+)__.*");
  private static final String COLUMN = "next_release_note";

  private NextVersion() {}

  /** Returns the column that the next version adds to {@code tenant.message}. */
  public static String column() {
    return COLUMN;
  }

  /** Changes a node that has not been started yet. */
  public static void of(Node node) throws IOException {
    Path bundle;
    try (Stream<Path> files =
        Files.walk(node.rookery().home().resolve("system/io/rookery/io.rookery.sending"))) {
      bundle = files.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
    }
    Path next = bundle.resolveSibling("next.jar");
    try (JarFile jar = new JarFile(bundle.toFile())) {
      Manifest manifest = jar.getManifest();
      raise(manifest.getMainAttributes());
      try (OutputStream file = Files.newOutputStream(next);
          JarOutputStream out = new JarOutputStream(file, manifest)) {
        int last = copy(jar, out);
        out.putNextEntry(new JarEntry("db/migration/sending/V" + (last + 1) + "__next.sql"));
        String sql = "alter table tenant.message add column " + COLUMN + " text;\n";
        out.write(sql.getBytes(StandardCharsets.UTF_8));
      }
    }
    Files.move(next, bundle, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void raise(Attributes attributes) {
    String[] parts = attributes.getValue("Bundle-Version").split("\\.", 4);
    int micro = Integer.parseInt(parts[2]) + 1;
    attributes.putValue("Bundle-Version", parts[0] + "." + parts[1] + "." + micro);
  }

  /** Copies everything but the manifest; returns the number of the last migration. */
  private static int copy(JarFile jar, JarOutputStream out) throws IOException {
    int last = 0;
    for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
      JarEntry entry = entries.nextElement();
      if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
        continue;
      }
      Matcher migration = MIGRATION.matcher(entry.getName());
      if (migration.matches()) {
        last = Math.max(last, Integer.parseInt(migration.group(1)));
      }
      out.putNextEntry(new JarEntry(entry.getName()));
      jar.getInputStream(entry).transferTo(out);
      out.closeEntry();
    }
    return last;
  }
}
