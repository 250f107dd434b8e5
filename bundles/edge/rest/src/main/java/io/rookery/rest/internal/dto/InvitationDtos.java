// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.people.Invitation;
import io.rookery.api.people.InvitationService.NewPerson;
import io.rookery.api.people.Role;
import io.rookery.rest.internal.param.Checks;
import io.rookery.spi.plugin.Secret;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/** What is said of invitations. */
public final class InvitationDtos {

  private InvitationDtos() {}

  /** An invitation; {@code invited_by} as kind and id. */
  @Schema(name = "Invitation")
  public record InvitationView(
      UUID id,
      String email,
      Role role,
      String invitedBy,
      Instant createdAt,
      Instant mailedAt,
      Instant expiresAt,
      long version)
      implements Identified, Versioned {

    /** Shows an invitation. */
    public static InvitationView of(Invitation i) {
      return new InvitationView(
          i.id(),
          i.email(),
          i.role(),
          i.invitedBy(),
          i.createdAt(),
          i.mailedAt(),
          i.expiresAt(),
          i.version());
    }
  }

  /** Who is to be invited. */
  public record InvitationRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String email,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Role role) {

    /** Asks for what must be there. */
    public void check() {
      new Checks().text("/email", email).given("/role", role).done();
    }
  }

  /** The token of a mailed link. */
  public record JoinRequest(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) String token) {

    /** Returns the token. */
    public Secret toSecret() {
      new Checks().text("/token", token).done();
      return Secret.of(token);
    }

    @Override
    public String toString() {
      return "JoinRequest[]";
    }
  }

  /** The token of a mailed link, and what the new account begins with. */
  public record AcceptRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String token,
      String name,
      String password) {

    /** Returns the token. */
    public Secret tokenSecret() {
      new Checks().text("/token", token).done();
      return Secret.of(token);
    }

    /** Returns what a new account begins with, or null. */
    public NewPerson person() {
      return name == null && password == null
          ? null
          : new NewPerson(name, password == null ? null : Secret.of(password));
    }

    @Override
    public String toString() {
      return "AcceptRequest[]";
    }
  }
}
