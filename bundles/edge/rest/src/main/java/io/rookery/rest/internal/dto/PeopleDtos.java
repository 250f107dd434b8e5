// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.people.Member;
import io.rookery.api.people.Role;
import io.rookery.api.people.SecondFactorService.Enrolment;
import io.rookery.api.people.SecondFactorService.Removal;
import io.rookery.api.people.Session;
import io.rookery.api.people.SessionService.Challenge;
import io.rookery.api.people.SessionService.Credentials;
import io.rookery.api.people.SessionService.SignIn;
import io.rookery.api.people.SessionService.Tokens;
import io.rookery.api.people.User;
import io.rookery.api.people.UserService.NewUser;
import io.rookery.rest.internal.param.Checks;
import io.rookery.spi.plugin.Secret;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What is said of people, their memberships and their sessions. */
public final class PeopleDtos {

  private PeopleDtos() {}

  /** A member of the tenant. */
  @Schema(name = "Member")
  public record MemberView(
      UUID id,
      UUID userId,
      String email,
      String name,
      Role role,
      Instant joinedAt,
      long version,
      List<UUID> workspaceIds)
      implements Identified, Versioned {

    /** Shows a member. */
    public static MemberView of(Member m) {
      return new MemberView(
          m.id(),
          m.userId(),
          m.email(),
          m.name(),
          m.role(),
          m.joinedAt(),
          m.version(),
          m.workspaceIds() == null ? null : m.workspaceIds().stream().sorted().toList());
    }
  }

  /** What a member is to see: some workspaces, or the whole tenant, which has to be said. */
  public record WorkspacesRequest(
      @Schema(description = "At most 1,000; empty for nothing at all") List<UUID> workspaceIds,
      Boolean wholeTenant) {

    /** Returns the workspaces for the service, null for the whole tenant. */
    public Set<UUID> checked() {
      boolean whole = Boolean.TRUE.equals(wholeTenant);
      Checks checks =
          new Checks()
              .that(
                  whole == (workspaceIds == null),
                  "/workspace_ids",
                  "Give workspace_ids, or whole_tenant with true");
      if (workspaceIds != null) {
        checks.size("/workspace_ids", workspaceIds, 0, 1000);
      }
      checks.done();
      return whole ? null : Set.copyOf(workspaceIds);
    }
  }

  /** The role that a member is to have. */
  public record RolePatch(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) Role role) {}

  /** The person who is signed in. */
  @Schema(name = "Person")
  public record PersonView(
      UUID id, String email, String name, boolean emailVerified, boolean secondFactor) {

    /** Shows a person. */
    public static PersonView of(User u) {
      return new PersonView(u.id(), u.email(), u.name(), u.emailVerified(), u.secondFactor());
    }
  }

  /** A new account; the tenant by id or slug, the role owner unless said otherwise. */
  public record UserRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String tenant,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String email,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String name,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String password,
      Role role) {

    /** Returns it for the service. */
    public NewUser toNew() {
      return new NewUser(email, name, Secret.of(password), role == null ? Role.OWNER : role);
    }

    /** Asks for what must be there. */
    public void check() {
      new Checks()
          .text("/tenant", tenant)
          .text("/email", email)
          .text("/name", name)
          .given("/password", password)
          .done();
    }

    @Override
    public String toString() {
      return "UserRequest[]";
    }
  }

  /** What a person signs in with; the tenant by id or slug, else the one joined first. */
  public record SignInRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String email,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String password,
      String tenant) {

    /** Returns it for the service. */
    public Credentials toCredentials() {
      new Checks().text("/email", email).given("/password", password).done();
      return new Credentials(email, Secret.of(password), tenant);
    }

    @Override
    public String toString() {
      return "SignInRequest[]";
    }
  }

  /** A refresh token, which is used up. */
  public record RefreshRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String refreshToken) {

    /** Returns the token. */
    public Secret toSecret() {
      new Checks().text("/refresh_token", refreshToken).done();
      return Secret.of(refreshToken);
    }

    @Override
    public String toString() {
      return "RefreshRequest[]";
    }
  }

  /** The token of a mailed link. */
  public record UnlockRequest(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) String token) {

    /** Returns the token. */
    public Secret toSecret() {
      new Checks().text("/token", token).done();
      return Secret.of(token);
    }

    @Override
    public String toString() {
      return "UnlockRequest[]";
    }
  }

  /** The address that a person signs in with. */
  public record EmailRequest(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) String email) {}

  /** The tokens of a session, shown this once. */
  @Schema(name = "SessionTokens")
  public record TokensView(
      UUID sessionId,
      UUID userId,
      UUID tenantId,
      Role role,
      String accessToken,
      Instant accessTokenExpiresAt,
      String refreshToken,
      Instant refreshTokenExpiresAt) {

    /** Shows tokens. */
    public static TokensView of(Tokens t) {
      return new TokensView(
          t.sessionId(),
          t.userId(),
          t.tenantId(),
          t.role(),
          t.access().reveal(),
          t.accessExpiresAt(),
          t.refresh().reveal(),
          t.refreshExpiresAt());
    }

    @Override
    public String toString() {
      return "TokensView[" + sessionId + "]";
    }
  }

  /** What came of a right password. */
  @Schema(name = "SignIn")
  public record SignInView(TokensView tokens, ChallengeView challenge) {

    /** Shows what came of it. */
    public static SignInView of(SignIn s) {
      return s.challenge() == null
          ? new SignInView(TokensView.of(s.tokens()), null)
          : new SignInView(null, ChallengeView.of(s.challenge()));
    }
  }

  /** What to send along with a code of the second factor. */
  @Schema(name = "SignInChallenge")
  public record ChallengeView(String token, Instant expiresAt) {

    /** Shows a challenge. */
    public static ChallengeView of(Challenge c) {
      return new ChallengeView(c.token().reveal(), c.expiresAt());
    }

    @Override
    public String toString() {
      return "ChallengeView[]";
    }
  }

  /** A challenge with a code of the second factor, or with a recovery code. */
  public record VerifyRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String challenge,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String code) {

    /** Asks for what must be there. */
    public void check() {
      new Checks()
          .text("/challenge", challenge)
          .text("/code", code)
          .longest("/code", code, 100)
          .done();
    }

    @Override
    public String toString() {
      return "VerifyRequest[]";
    }
  }

  /** A code of the second factor. */
  public record CodeRequest(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) String code) {

    /** Returns the code. */
    public String checked() {
      new Checks().text("/code", code).longest("/code", code, 100).done();
      return code;
    }

    @Override
    public String toString() {
      return "CodeRequest[]";
    }
  }

  /** What a second factor is added by: the person's password. */
  public record EnrolmentRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String password) {

    /** Returns the password. */
    public Secret toSecret() {
      new Checks().given("/password", password).done();
      return Secret.of(password);
    }

    @Override
    public String toString() {
      return "EnrolmentRequest[]";
    }
  }

  /** What a second factor is removed by: the person's password, and a code or a recovery code. */
  public record FactorRemovalRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String password,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String code) {

    /** Returns it for the service. */
    public Removal toRemoval() {
      new Checks()
          .given("/password", password)
          .text("/code", code)
          .longest("/code", code, 100)
          .done();
      return new Removal(Secret.of(password), code);
    }

    @Override
    public String toString() {
      return "FactorRemovalRequest[]";
    }
  }

  /** A second factor that is to be confirmed; shown this once. */
  @Schema(name = "SecondFactor")
  public record EnrolmentView(UUID id, String secret, String uri) implements Identified {

    /** Shows an enrolment. */
    public static EnrolmentView of(Enrolment e) {
      return new EnrolmentView(e.id(), e.secret().reveal(), e.uri().reveal());
    }

    @Override
    public String toString() {
      return "EnrolmentView[" + id + "]";
    }
  }

  /** Codes for when the second factor is lost; shown this once, each works once. */
  @Schema(name = "RecoveryCodes")
  public record RecoveryCodesView(List<String> recoveryCodes) {

    /** Shows codes. */
    public static RecoveryCodesView of(List<Secret> codes) {
      return new RecoveryCodesView(codes.stream().map(Secret::reveal).toList());
    }

    @Override
    public String toString() {
      return "RecoveryCodesView[]";
    }
  }

  /** A session; {@code current} is the one that asks. */
  @Schema(name = "Session")
  public record SessionView(
      UUID id,
      UUID tenantId,
      String address,
      String client,
      boolean current,
      Instant createdAt,
      Instant seenAt,
      Instant expiresAt)
      implements Identified {

    /** Shows a session to the one whose id is given. */
    public static SessionView of(Session s, UUID current) {
      return new SessionView(
          s.id(),
          s.tenantId(),
          s.address(),
          s.client(),
          s.id().equals(current),
          s.createdAt(),
          s.seenAt(),
          s.expiresAt());
    }
  }
}
