// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.hosts.DownloadedKey;
import io.rookery.api.hosts.NewSshKey;
import io.rookery.api.hosts.NewSshKey.Entrance;
import io.rookery.api.hosts.Rotation;
import io.rookery.api.hosts.SshKey;
import io.rookery.api.hosts.SshKey.Algorithm;
import io.rookery.api.hosts.SshKey.Role;
import io.rookery.api.hosts.SshKey.State;
import io.rookery.api.hosts.SshKey.Version;
import io.rookery.api.hosts.SshKey.VersionState;
import io.rookery.spi.plugin.Secret;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What is said of the keys that sign in to hosts. */
public final class SshKeyDtos {

  private static final String USER = "^[A-Za-z_][A-Za-z0-9_.-]{0,31}$";
  private static final String INCIDENT = "^[A-Za-z0-9._-]{1,64}$";

  private SshKeyDtos() {}

  /** A key that signs in to a host; its private half is not shown. */
  @Schema(name = "SshKey")
  public record SshKeyView(
      UUID id,
      UUID hostId,
      Role role,
      String user,
      Algorithm algorithm,
      State state,
      int rotationDays,
      List<VersionView> versions,
      String problem,
      Instant nextAt,
      Instant createdAt,
      long version)
      implements Identified, Versioned {

    /** Shows a key. */
    public static SshKeyView of(SshKey k) {
      return new SshKeyView(
          k.id(),
          k.hostId(),
          k.role(),
          k.user(),
          k.algorithm(),
          k.state(),
          k.rotationDays(),
          k.versions().stream().map(VersionView::of).toList(),
          k.problem(),
          k.nextAt(),
          k.createdAt(),
          k.version());
    }
  }

  /** One pair of a key. */
  @Schema(name = "SshKeyVersion")
  public record VersionView(
      int number,
      VersionState state,
      String publicKey,
      String fingerprint,
      Instant createdAt,
      Instant retireAt,
      Instant endedAt,
      Instant downloadedAt,
      String incidentId) {

    static VersionView of(Version v) {
      return new VersionView(
          v.number(),
          v.state(),
          v.publicKey(),
          v.fingerprint(),
          v.createdAt(),
          v.retireAt(),
          v.endedAt(),
          v.downloadedAt(),
          v.incidentId());
    }
  }

  /** A key to make and put on a host, and what lets in there once. */
  @Schema(name = "SshKeyRequest")
  public record KeyRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Role role,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, pattern = USER, example = "root")
          String user,
      Algorithm algorithm,
      @Schema(minimum = "30", maximum = "365", defaultValue = "90") Integer rotationDays,
      @Schema(
              accessMode = Schema.AccessMode.WRITE_ONLY,
              maxLength = 1024,
              description = "The account's password, used this once; or give a private key")
          String password,
      @Schema(
              accessMode = Schema.AccessMode.WRITE_ONLY,
              maxLength = 16384,
              description = "A private key that lets in now, used this once")
          String privateKey,
      @Schema(
              accessMode = Schema.AccessMode.WRITE_ONLY,
              maxLength = 1024,
              description = "What the private key is encrypted by")
          String passphrase) {

    /** Returns it for the service. */
    public NewSshKey toNew() {
      Entrance entrance = new Entrance(secret(password), secret(privateKey), secret(passphrase));
      return new NewSshKey(role, user, algorithm, rotationDays, entrance);
    }

    private static Secret secret(String text) {
      return text == null ? null : Secret.of(text);
    }

    @Override
    public String toString() {
      return "KeyRequest[" + role + "]";
    }
  }

  /** How a key is to be rotated; an incident makes it an emergency, without grace. */
  @Schema(name = "SshKeyRotation")
  public record RotationRequest(
      @Schema(
              minimum = "0",
              maximum = "168",
              description = "For how long the old pair works on; 24 unless said otherwise")
          Integer graceHours,
      @Schema(pattern = INCIDENT) String incidentId) {

    /** Returns it for the service. */
    public Rotation toRotation() {
      return new Rotation(graceHours == null ? null : Duration.ofHours(graceHours), incidentId);
    }
  }

  /** Why a key is revoked, where it is held to be compromised. */
  @Schema(name = "SshKeyRevocation")
  public record RevocationRequest(@Schema(pattern = INCIDENT) String incidentId) {}

  /** The private half of a pair, shown this once. */
  @Schema(name = "DownloadedSshKey")
  public record DownloadView(UUID id, int number, String privateKey) {

    /** Shows it. */
    public static DownloadView of(DownloadedKey k) {
      return new DownloadView(k.id(), k.number(), k.privateKey().reveal());
    }

    @Override
    public String toString() {
      return "DownloadView[" + id + "]";
    }
  }
}
