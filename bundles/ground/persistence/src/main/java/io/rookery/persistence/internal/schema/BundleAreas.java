// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.schema;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.osgi.framework.Bundle;

/** Reads the scripts that a bundle carries. */
final class BundleAreas {

  /** The header by which a bundle says that it brings tables. */
  static final String HEADER = "Rookery-Schema";

  private BundleAreas() {}

  static Area read(Bundle bundle, String name) throws IOException {
    List<Area.Script> migrations = new ArrayList<>();
    var entries = bundle.findEntries(Area.MIGRATIONS + name, "*.sql", false);
    if (entries != null) {
      for (URL url : Collections.list(entries)) {
        migrations.add(script(url));
      }
    }
    migrations.sort(Comparator.comparing(Area.Script::name));
    URL security = bundle.getEntry(Area.SECURITY + name + ".sql");
    return new Area(name, migrations, security == null ? null : script(security));
  }

  private static Area.Script script(URL url) throws IOException {
    String path = url.getPath();
    try (InputStream in = url.openStream()) {
      return new Area.Script(
          path.substring(path.lastIndexOf('/') + 1),
          new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
