// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.secrets;

import java.time.Instant;
import java.util.List;

/**
 * What is known of a secret without its data.
 *
 * @param path where it stands
 * @param currentVersion the newest version's number
 * @param versions every version, oldest first
 */
public record SecretMetadata(SecretPath path, int currentVersion, List<Version> versions) {

  /**
   * What is known of a version.
   *
   * @param number its number, from 1
   * @param createdAt when it was written
   * @param deletedAt when it was marked as deleted, or null
   * @param destroyed whether its data is gone for good
   */
  public record Version(int number, Instant createdAt, Instant deletedAt, boolean destroyed) {}

  /** Copies the versions. */
  public SecretMetadata {
    versions = List.copyOf(versions);
  }
}
