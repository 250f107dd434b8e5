// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.secrets.SecretCatalogue.Entry;
import io.rookery.spi.secrets.SecretMetadata;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What is said of secrets: never a value. */
public final class SecretDtos {

  private SecretDtos() {}

  /** A secret. */
  @Schema(name = "Secret")
  public record SecretView(
      UUID id,
      @Schema(description = "What it is for, such as smtp, dkim, oauth or ssh") String kind,
      @Schema(description = "Its path among the tenant's secrets") String reference,
      int currentVersion,
      @Schema(description = "When the current version was written") Instant createdAt,
      List<VersionView> versions)
      implements Identified {

    /** Shows a secret. */
    public static SecretView of(Entry entry) {
      return new SecretView(
          entry.id(),
          entry.kind(),
          entry.reference(),
          entry.currentVersion(),
          entry.createdAt(),
          entry.versions().stream()
              .map(version -> VersionView.of(version, entry.incidents().get(version.number())))
              .toList());
    }
  }

  /** A version of a secret. */
  @Schema(name = "SecretVersion")
  public record VersionView(
      int number,
      Instant createdAt,
      Instant deletedAt,
      boolean destroyed,
      @Schema(description = "Whether it was replaced or revoked in an emergency")
          boolean compromised,
      @Schema(description = "The incident by which it is held to be compromised")
          String incidentId) {

    static VersionView of(SecretMetadata.Version version, String incidentId) {
      return new VersionView(
          version.number(),
          version.createdAt(),
          version.deletedAt(),
          version.destroyed(),
          incidentId != null,
          incidentId);
    }
  }
}
