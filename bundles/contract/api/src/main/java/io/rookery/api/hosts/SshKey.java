// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.hosts;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A key pair by which the platform signs in to a host. The private half stands in the secret store
 * alone.
 *
 * @param id its id
 * @param hostId the host
 * @param role whose it is
 * @param user the account on the host
 * @param algorithm of which kind it is
 * @param state how it is
 * @param rotationDays after how many days it is rotated by itself
 * @param versions the pairs there have been, the newest first
 * @param problem what went wrong last and what to do, or null
 * @param nextAt when the platform looks at it next by itself, or null
 * @param createdAt when it was asked for
 * @param version rises with each change
 */
public record SshKey(
    UUID id,
    UUID hostId,
    Role role,
    String user,
    Algorithm algorithm,
    State state,
    int rotationDays,
    List<Version> versions,
    String problem,
    Instant nextAt,
    Instant createdAt,
    long version) {

  /** Whose a key is; a host has one of each at most. */
  public enum Role {
    /** Whoever runs the host. */
    ADMIN,
    /** The tenant that is served from it. */
    TENANT
  }

  /** Of which kind a key is. */
  public enum Algorithm {
    /** RFC 8709. */
    ED25519,
    /** RSA of 4096 bits, for servers that know nothing newer. */
    RSA4096
  }

  /** How a key is. */
  public enum State {
    /** Being put on the host for the first time; it signs in to nothing yet. */
    INSTALLING,
    /** It signs in. */
    ACTIVE,
    /** It signs in, while a successor is being put on the host. */
    ROTATING,
    /** It is used for nothing but its own removal, which the host has not let happen yet. */
    REVOKING,
    /** It is off the host and gone from the store. */
    REVOKED
  }

  /**
   * One pair of a key.
   *
   * @param number from 1; as the secret store counts
   * @param state how it is
   * @param publicKey the public half as authorized_keys takes it, without a comment
   * @param fingerprint the public half's fingerprint
   * @param createdAt when it was made
   * @param retireAt when it goes off the host, of one in grace; else null
   * @param endedAt when it was seen to be refused, or was given up; or null
   * @param downloadedAt when its private half was shown, or null
   * @param incidentId why it is held to be compromised, or null
   */
  public record Version(
      int number,
      VersionState state,
      String publicKey,
      String fingerprint,
      Instant createdAt,
      Instant retireAt,
      Instant endedAt,
      Instant downloadedAt,
      String incidentId) {}

  /** How a pair of a key is. */
  public enum VersionState {
    /** Not used until it has been seen to sign in. */
    PENDING,
    /** The one that signs in. */
    CURRENT,
    /** It still works, for those who have it, until its grace is over. */
    GRACE,
    /** The host has refused it since it was taken off. */
    RETIRED,
    /** It never came into use. */
    ABANDONED
  }

  /** Copies the versions. */
  public SshKey {
    versions = List.copyOf(versions);
  }
}
