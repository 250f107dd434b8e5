// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.hosts;

import io.rookery.api.hosts.SshKey;
import io.rookery.api.hosts.SshKey.Version;
import io.rookery.api.hosts.SshKey.VersionState;
import io.rookery.shell.internal.View;

/** How the shell shows keys. */
final class KeyView {

  static final View<SshKey> FIELDS =
      View.<SshKey>empty()
          .column("id", SshKey::id)
          .column("role", SshKey::role)
          .column("user", SshKey::user)
          .column("state", SshKey::state)
          .column("fingerprint", KeyView::fingerprint)
          .column("next_at", SshKey::nextAt)
          .column("problem", SshKey::problem)
          .detail("algorithm", SshKey::algorithm)
          .detail("rotation_days", SshKey::rotationDays)
          .detail("versions", it -> it.versions().stream().map(KeyView::version).toList())
          .detail("created_at", SshKey::createdAt);

  private KeyView() {}

  private static String fingerprint(SshKey key) {
    return key.versions().stream()
        .filter(it -> it.state() == VersionState.CURRENT)
        .map(Version::fingerprint)
        .findFirst()
        .orElse(null);
  }

  private static String version(Version version) {
    return version.number() + " " + version.state() + " " + version.fingerprint();
  }
}
