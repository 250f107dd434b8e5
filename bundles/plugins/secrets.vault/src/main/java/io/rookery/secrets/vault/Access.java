// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import io.rookery.spi.plugin.Secret;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What is used on the server, and as whom.
 *
 * @param mount where the KV engine is mounted
 * @param approle where AppRole is mounted below {@code auth/}
 * @param role the role's name
 * @param folder where the files of the sign-in stand
 * @param roleId the role's id from the configuration, or empty for the file
 * @param secretId the secret-id from the configuration, or null for the files
 */
record Access(
    String mount, String approle, String role, Path folder, String roleId, Secret secretId) {

  private static final Pattern NAME =
      Pattern.compile("[\\w-][\\w.-]{0,63}(?:/[\\w-][\\w.-]{0,63}){0,4}");

  Access {
    require("mount", mount);
    require("approle_mount", approle);
    require("role", role);
  }

  private static void require(String key, String value) {
    if (!NAME.matcher(value).matches()) {
      throw new IllegalArgumentException(key + " must be a name of letters, digits and -_.");
    }
  }

  static Access of(VaultConfiguration configuration, Path base) {
    String secretId = configuration._secret__id().strip();
    return new Access(
        trimmed(configuration.mount()),
        trimmed(configuration.approle__mount()),
        configuration.role().strip(),
        base.resolve(configuration.credentials().strip()),
        configuration.role__id().strip(),
        secretId.isEmpty() ? null : Secret.of(secretId));
  }

  /** Returns a path without slashes at its ends. */
  static String trimmed(String path) {
    return path.strip().replaceAll("^/+|/+$", "");
  }
}
