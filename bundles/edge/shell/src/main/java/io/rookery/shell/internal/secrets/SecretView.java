// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.secrets;

import io.rookery.api.secrets.SecretCatalogue.Entry;
import io.rookery.shell.internal.View;
import io.rookery.spi.secrets.SecretMetadata;
import java.util.List;

/** How the shell shows what is known of secrets, never a value. */
final class SecretView {

  static final View<Entry> SECRET =
      View.<Entry>empty()
          .column("id", Entry::id)
          .column("kind", Entry::kind)
          .column("reference", Entry::reference)
          .column("current_version", Entry::currentVersion)
          .column("created_at", Entry::createdAt)
          .column("compromised", Entry::incidents);

  static final View<Version> VERSION =
      View.<Version>empty()
          .column("number", it -> it.known().number())
          .column("created_at", it -> it.known().createdAt())
          .column("deleted_at", it -> it.known().deletedAt())
          .column("destroyed", it -> it.known().destroyed())
          .column("incident_id", Version::incidentId);

  private SecretView() {}

  /** A version with the incident that compromised it, or null. */
  record Version(SecretMetadata.Version known, String incidentId) {}

  static List<Version> versions(Entry entry) {
    return entry.versions().stream()
        .map(known -> new Version(known, entry.incidents().get(known.number())))
        .toList();
  }
}
