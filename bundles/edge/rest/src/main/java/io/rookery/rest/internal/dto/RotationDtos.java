// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.hosts.MailPassword;
import io.rookery.api.hosts.MailPasswordService.NewMailPassword;
import io.rookery.api.secrets.RotatingSecret;
import io.rookery.api.secrets.RotatingSecret.Due;
import io.rookery.api.secrets.RotationService.Order;
import io.rookery.api.secrets.SecretRotation;
import io.rookery.api.secrets.SecretRotation.State;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** What is said of secrets that are replaced. */
public final class RotationDtos {

  private static final String INCIDENT = "^[A-Za-z0-9._-]{1,64}$";
  private static final String FILE = "^(/[A-Za-z0-9_@+-][A-Za-z0-9._@+-]*){1,32}$";

  private RotationDtos() {}

  /** A secret that can be replaced; its value is not shown. */
  @Schema(name = "RotatingSecret")
  public record RotatingSecretView(
      UUID id,
      String kind,
      String reference,
      UUID subjectId,
      int days,
      Instant rotatedAt,
      Instant dueAt)
      implements Identified {

    /** Shows a secret. */
    public static RotatingSecretView of(RotatingSecret s) {
      return new RotatingSecretView(
          s.id(), s.kind(), s.reference(), s.subjectId(), s.days(), s.rotatedAt(), s.dueAt());
    }
  }

  /** One replacement of a secret. */
  @Schema(name = "SecretRotation")
  public record RotationView(
      UUID id,
      UUID secretId,
      String kind,
      String reference,
      UUID subjectId,
      State state,
      boolean overlap,
      long graceSeconds,
      String incidentId,
      int oldVersion,
      String problem,
      Instant startedAt,
      Instant promotedAt,
      Instant retireAt,
      Instant endedAt,
      Instant nextAt)
      implements Identified {

    /** Shows a rotation. */
    public static RotationView of(SecretRotation r) {
      return new RotationView(
          r.id(),
          r.secretId(),
          r.kind(),
          r.reference(),
          r.subjectId(),
          r.state(),
          r.overlap(),
          r.grace().toSeconds(),
          r.incidentId(),
          r.oldVersion(),
          r.problem(),
          r.startedAt(),
          r.promotedAt(),
          r.retireAt(),
          r.endedAt(),
          r.nextAt());
    }
  }

  /** How a secret is to be replaced; an incident makes it an emergency, without grace. */
  @Schema(name = "SecretRotationRequest")
  public record RotationRequest(
      @Schema(
              minimum = "0",
              maximum = "168",
              description = "For how long the old value works on; what its kind has by default")
          Integer graceHours,
      @Schema(pattern = INCIDENT) String incidentId) {

    /** Returns it for the service. */
    public Order toOrder() {
      return new Order(graceHours == null ? null : Duration.ofHours(graceHours), incidentId);
    }
  }

  /** After how many days a secret is replaced by itself. */
  @Schema(name = "RotationSchedule")
  public record ScheduleRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, minimum = "1", maximum = "365")
          Integer days) {}

  /** Which secrets are to be replaced together. */
  @Schema(name = "BulkRotationRequest")
  public record BulkRequest(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) Due due) {}

  /** How many rotations were begun. */
  @Schema(name = "BulkRotation")
  public record BulkView(int begun) {}

  /** Where the password of a mailbox stands on a host. */
  @Schema(name = "HostPassword")
  public record PasswordView(
      UUID id,
      UUID hostId,
      UUID mailboxId,
      String user,
      String file,
      String graceFile,
      UUID secretId,
      Instant createdAt)
      implements Identified {

    /** Shows it. */
    public static PasswordView of(MailPassword p) {
      return new PasswordView(
          p.id(),
          p.hostId(),
          p.mailboxId(),
          p.user(),
          p.file(),
          p.graceFile(),
          p.secretId(),
          p.createdAt());
    }
  }

  /** Where the password of a mailbox stands, to be replaced there from now on. */
  @Schema(name = "HostPasswordRequest")
  public record PasswordRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) UUID mailboxId,
      @Schema(
              requiredMode = Schema.RequiredMode.REQUIRED,
              pattern = "^[A-Za-z0-9._@+=-]{1,255}$",
              example = "news@example.com",
              description = "The name in the file, before the colon")
          String user,
      @Schema(
              requiredMode = Schema.RequiredMode.REQUIRED,
              pattern = FILE,
              maxLength = 255,
              example = "/etc/dovecot/users")
          String file,
      @Schema(
              pattern = FILE,
              maxLength = 255,
              example = "/etc/dovecot/users-grace",
              description =
                  "A second file of another passdb, in the same folder. Without one only one password works at a time, and mail waits some seconds while they are swapped")
          String graceFile,
      @Schema(minimum = "1", maximum = "365", defaultValue = "180") Integer rotationDays) {

    /** Returns it for the service. */
    public NewMailPassword toNew() {
      return new NewMailPassword(mailboxId, user, file, graceFile, rotationDays);
    }
  }
}
