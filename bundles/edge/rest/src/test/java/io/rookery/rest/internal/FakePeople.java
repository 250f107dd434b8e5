// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import io.rookery.api.people.Belonging;
import io.rookery.api.people.EmailAddressService;
import io.rookery.api.people.Member;
import io.rookery.api.people.MemberService;
import io.rookery.api.people.Origin;
import io.rookery.api.people.PasswordService;
import io.rookery.api.people.Role;
import io.rookery.api.people.SecondFactorService;
import io.rookery.api.people.Session;
import io.rookery.api.people.SessionAuthenticator;
import io.rookery.api.people.SessionService;
import io.rookery.api.people.UnlockService;
import io.rookery.api.people.User;
import io.rookery.api.tenancy.Authenticator.Caller;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.spi.plugin.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** Knows a person of each role, by an access token that names the role. */
final class FakePeople implements SessionAuthenticator, SessionService {

  static final UUID USER = new UUID(0, 21);
  static final UUID SESSION = new UUID(0, 22);
  static final UUID WORKSPACE = new UUID(0, 23);
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  final FakeUnlocks unlocks = new FakeUnlocks();
  final FakePasswords passwords = new FakePasswords();
  final FakeAddresses addresses = new FakeAddresses();
  final FakeFactors factors = new FakeFactors();
  final FakeMembers members = new FakeMembers();
  volatile Credentials credentials;
  volatile Origin origin;
  volatile TenantContext context;
  volatile UUID ended;

  static String token(Role role) {
    return PREFIX + role.name().toLowerCase(Locale.ROOT);
  }

  /** A token of a person who sees a workspace alone. */
  static String restricted(Role role) {
    return token(role) + "_restricted";
  }

  @Override
  public SignedIn authenticate(Secret token) {
    for (Role role : Role.values()) {
      boolean restricted = token.reveal().equals(restricted(role));
      if (restricted || token.reveal().equals(token(role))) {
        Caller caller =
            new Caller(
                FakeAuthenticator.TENANT,
                SESSION,
                role.scopes(),
                Mode.LIVE,
                false,
                false,
                restricted ? Set.of(WORKSPACE) : null);
        return new SignedIn(caller, USER, role);
      }
    }
    throw new RookeryException(CommonErrors.UNAUTHENTICATED, "The token is not valid");
  }

  @Override
  public SignIn signIn(Credentials given, Origin from) {
    credentials = given;
    origin = from;
    return given.email().startsWith("two")
        ? new SignIn(null, new Challenge(Secret.of("rky_challenge_x"), NOON))
        : new SignIn(tokens(), null);
  }

  @Override
  public Tokens verify(Secret challenge, String code, Origin from) {
    if (!challenge.reveal().equals("rky_challenge_x") || !code.equals("123456")) {
      throw new RookeryException(CommonErrors.UNAUTHENTICATED, "The code is not valid");
    }
    return tokens();
  }

  private static Tokens tokens() {
    return new Tokens(
        SESSION,
        USER,
        FakeAuthenticator.TENANT,
        Role.OWNER,
        Secret.of("rky_access_x"),
        NOON,
        Secret.of("rky_refresh_x"),
        NOON);
  }

  @Override
  public Tokens refresh(Secret refreshToken, Origin from) {
    if (!refreshToken.reveal().equals("rky_refresh_x")) {
      throw new RookeryException(CommonErrors.UNAUTHENTICATED, "The token is not valid");
    }
    return tokens();
  }

  @Override
  public Tokens enter(Secret refreshToken, String tenant, Origin from) {
    if (!tenant.equals("other")) {
      throw RookeryException.notFound("tenant");
    }
    return refresh(refreshToken, from);
  }

  @Override
  public List<Belonging> belongings(TenantContext person) {
    return List.of(
        new Belonging(FakeAuthenticator.TENANT, "acme", "Acme", Role.OWNER),
        new Belonging(new UUID(0, 25), "other", "Other", Role.VIEWER));
  }

  @Override
  public List<Session> list(TenantContext person) {
    context = person;
    return List.of(
        new Session(SESSION, FakeAuthenticator.TENANT, "192.0.2.1", "curl", NOON, NOON, NOON),
        new Session(new UUID(0, 23), FakeAuthenticator.TENANT, "::1", null, NOON, NOON, NOON));
  }

  @Override
  public void end(TenantContext person, UUID id) {
    context = person;
    ended = id;
  }

  /** Knows one link. */
  static final class FakeUnlocks implements UnlockService {

    volatile String unlocked;

    @Override
    public User unlock(TenantContext operator, String email) {
      unlocked = email;
      return new User(USER, email, "Ada", false, false, NOON);
    }

    @Override
    public void redeem(Secret token, Origin from) {
      if (!token.reveal().equals("rky_unlock_x")) {
        throw new RookeryException(CommonErrors.UNAUTHENTICATED, "The token is not valid");
      }
      unlocked = token.reveal();
    }
  }

  /** Knows one link, and takes one password. */
  static final class FakePasswords implements PasswordService {

    volatile String asked;
    volatile String set;

    @Override
    public void askReset(String email, Origin origin) {
      asked = email;
    }

    @Override
    public void reset(Secret token, Secret password, Origin origin) {
      if (!token.reveal().equals("rky_reset_x")) {
        throw new RookeryException(CommonErrors.UNAUTHENTICATED, "The token is not valid");
      }
      if (!password.reveal().equals("grey otter, 9 stones")) {
        throw RookeryException.invalid("/password", "Give at least <12> characters");
      }
      set = password.reveal();
    }
  }

  /** Knows one link, and another one to an address that was taken meanwhile. */
  static final class FakeAddresses implements EmailAddressService {

    volatile UUID asked;
    volatile NewAddress wanted;
    volatile String redeemed;

    @Override
    public void askVerification(TenantContext person) {
      asked = UUID.fromString(person.actor().id());
    }

    @Override
    public void askChange(TenantContext person, NewAddress address, Origin origin) {
      wanted = address;
    }

    @Override
    public void redeem(Secret token, Origin origin) {
      if (token.reveal().equals("rky_verify_taken")) {
        throw new RookeryException(CommonErrors.CONFLICT, "Another account has the address");
      }
      if (!token.reveal().equals("rky_verify_x")) {
        throw new RookeryException(CommonErrors.UNAUTHENTICATED, "The token is not valid");
      }
      redeemed = token.reveal();
    }
  }

  /** Makes one secret, whoever asks, and notes what it was given. */
  static final class FakeFactors implements SecondFactorService {

    volatile String password;
    volatile Removal removal;

    @Override
    public Enrolment enrol(TenantContext person, Secret given, Origin origin) {
      password = given.reveal();
      return new Enrolment(USER, Secret.of("ABCDEFGH"), Secret.of("otpauth://totp/x"));
    }

    @Override
    public List<Secret> confirm(TenantContext person, String code, Origin origin) {
      return List.of(Secret.of("aaaa-bbbb-cccc-dddd"));
    }

    @Override
    public void remove(TenantContext person, Removal given, Origin origin) {
      removal = given;
    }

    @Override
    public User takeOff(TenantContext operator, String email) {
      throw new AssertionError("Nobody does this by the API");
    }
  }

  /** Knows one member. */
  static final class FakeMembers implements MemberService {

    volatile Role role = Role.MEMBER;
    volatile long expected;
    volatile Set<UUID> workspaces;

    private Member member(UUID id) {
      return new Member(id, USER, "ada@example.org", "Ada", role, NOON, 3, workspaces);
    }

    @Override
    public Page<Member> list(TenantContext context, PageRequest page) {
      return new Page<>(List.of(member(new UUID(0, 24))), null);
    }

    @Override
    public Member get(TenantContext context, UUID id) {
      return member(id);
    }

    @Override
    public Member changeRole(TenantContext context, UUID id, Role wanted, long version) {
      role = wanted;
      expected = version;
      return member(id);
    }

    @Override
    public Member restrict(TenantContext context, UUID id, Set<UUID> wanted, long version) {
      workspaces = wanted;
      expected = version;
      return member(id);
    }

    @Override
    public void remove(TenantContext context, UUID id) {
      throw new RookeryException(CommonErrors.WRONG_STATE, "Nobody removes themself");
    }
  }
}
