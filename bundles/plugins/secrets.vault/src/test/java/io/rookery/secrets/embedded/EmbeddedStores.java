// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.embedded;

import io.rookery.spi.plugin.PluginStorage;
import java.nio.file.Path;
import java.time.Clock;

/** Opens the embedded store for tests of other plugins. */
public final class EmbeddedStores {

  private EmbeddedStores() {}

  /** Opens a store whose master key stands in a file, made where it is missing. */
  public static EmbeddedStore open(PluginStorage storage, Path masterKey) {
    return new EmbeddedStore(storage, new KeyFile(masterKey), 10, Clock.systemUTC());
  }
}
