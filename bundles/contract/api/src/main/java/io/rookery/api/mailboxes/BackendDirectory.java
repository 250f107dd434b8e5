// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

import io.rookery.spi.mail.Capability;
import io.rookery.spi.plugin.Setting;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** The mail backends that are installed now. Thread-safe. */
@ProviderType
public interface BackendDirectory {

  /** Returns all backends by name, of each name the highest version first. */
  List<Backend> list();

  /** Returns the backend that new work of a name goes to, or empty while none is installed. */
  Optional<Backend> find(String name);

  /** A backend that is installed. */
  record Backend(
      String name, String version, Set<Capability> capabilities, List<Setting> settings) {

    /** Copies the collections. */
    public Backend {
      capabilities = Set.copyOf(capabilities);
      settings = List.copyOf(settings);
    }
  }
}
