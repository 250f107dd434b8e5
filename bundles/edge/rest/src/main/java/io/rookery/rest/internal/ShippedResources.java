// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import org.osgi.framework.Bundle;

/** How many resources a bundle declares, whether or not they are running. */
final class ShippedResources {

  private static final String PROVIDED =
      "<provide interface=\"" + RestResource.class.getName() + "\"/>";

  private ShippedResources() {}

  static int count(Bundle bundle) {
    Enumeration<URL> components = bundle.findEntries("OSGI-INF", "*.xml", false);
    return components == null
        ? 0
        : (int)
            Collections.list(components).stream()
                .filter(url -> text(url).contains(PROVIDED))
                .count();
  }

  private static String text(URL url) {
    try (InputStream in = url.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
