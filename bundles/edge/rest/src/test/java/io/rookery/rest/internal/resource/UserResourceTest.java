// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rookery.api.people.Member;
import io.rookery.api.people.Role;
import io.rookery.api.people.UnlockService;
import io.rookery.api.people.User;
import io.rookery.api.people.UserService;
import io.rookery.api.people.UserService.NewUser;
import io.rookery.api.tenancy.Authenticator.Caller;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.rest.internal.dto.PeopleDtos.EmailRequest;
import io.rookery.rest.internal.dto.PeopleDtos.MemberView;
import io.rookery.rest.internal.dto.PeopleDtos.UserRequest;
import io.rookery.rest.internal.dto.TenantDtos.MeView;
import io.rookery.rest.internal.filter.Call;
import io.rookery.spi.plugin.Secret;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What operators do about people, and what people are told of themselves. */
class UserResourceTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID TENANT = new UUID(0, 2);
  private static final UUID USER = new UUID(0, 3);
  private static final UUID SESSION = new UUID(0, 4);
  private static final Tenant ACME =
      new Tenant(TENANT, "acme", "Acme", null, Tenant.Status.ACTIVE, 1, NOON, 7);

  private NewUser made;
  private final TenantService tenants =
      fake(
          TenantService.class,
          arguments ->
              arguments.length == 1
                  ? ACME
                  : arguments[1].equals("acme") ? Optional.of(ACME) : Optional.empty());
  private final UserService users = fake(UserService.class, this::answer);
  private final UnlockService unlocks =
      fake(UnlockService.class, arguments -> user((String) arguments[1]));
  private final UserResource resource = new UserResource(users, unlocks, tenants);

  private Object answer(Object[] arguments) {
    if (arguments.length == 1) {
      return user("ada@example.org");
    }
    assertThat(arguments[1]).isEqualTo(TENANT);
    made = (NewUser) arguments[2];
    return new Member(new UUID(0, 5), USER, made.email(), made.name(), made.role(), NOON, 1);
  }

  private static User user(String email) {
    return new User(USER, email, "Ada", false, true, NOON);
  }

  private static Call call(Actor.Kind kind, UUID id) {
    Caller caller = new Caller(TENANT, id, Role.ADMIN.scopes(), Mode.LIVE, false, false);
    String actor = (kind == Actor.Kind.USER ? USER : id).toString();
    return new Call(caller, TenantContext.of(TENANT, new Actor(kind, actor)));
  }

  @Test
  void aFirstOwnerShouldBeMadeInATenantNamedBySlug() {
    UserRequest request = new UserRequest("acme", "ada@example.org", "Ada", "s3cret words", null);
    MemberView member = resource.createUser(call(Actor.Kind.OPERATOR, SESSION), request);
    assertThat(member.role()).isEqualTo(Role.OWNER);
    assertThat(member.userId()).isEqualTo(USER);
    assertThat(made.password()).isEqualTo(Secret.of("s3cret words"));
    assertThat(request.toString()).doesNotContain("s3cret");
  }

  @Test
  void whatIsMissingOrUnknownShouldBeNamed() {
    Call call = call(Actor.Kind.OPERATOR, SESSION);
    assertThatExceptionOfType(RookeryException.class)
        .isThrownBy(() -> resource.createUser(call, new UserRequest(null, null, null, null, null)))
        .satisfies(
            e ->
                assertThat(e.errors())
                    .extracting("pointer")
                    .containsExactly("/tenant", "/email", "/name", "/password"));
    assertThatExceptionOfType(RookeryException.class)
        .isThrownBy(
            () ->
                resource.createUser(
                    call, new UserRequest("other", "a@example.org", "A", "x", Role.VIEWER)))
        .satisfies(e -> assertThat(e.errors().get(0).pointer()).isEqualTo("/tenant"));
    assertThat(made).isNull();
  }

  @Test
  void anAccountShouldBeUnlockedByItsAddress() {
    Call call = call(Actor.Kind.OPERATOR, SESSION);
    assertThat(resource.unlockUser(call, new EmailRequest("ada@example.org")).email())
        .isEqualTo("ada@example.org");
    assertThatExceptionOfType(RookeryException.class)
        .isThrownBy(() -> resource.unlockUser(call, new EmailRequest(" ")));
  }

  @Test
  void aPersonShouldBeToldWhoTheyAreAndAKeyNot() {
    MeResource me = new MeResource(tenants, users);
    MeView person = me.getMe(call(Actor.Kind.USER, SESSION));
    assertThat(person.person().email()).isEqualTo("ada@example.org");
    assertThat(person.person().secondFactor()).isTrue();
    assertThat(person.sessionId()).isEqualTo(SESSION);
    assertThat(person.keyId()).isNull();
    assertThat(person.scopes()).contains("admin").doesNotContain("billing");
    MeView key = me.getMe(call(Actor.Kind.API_KEY, SESSION));
    assertThat(key.person()).isNull();
    assertThat(key.sessionId()).isNull();
    assertThat(key.keyId()).isEqualTo(SESSION);
  }

  private static <T> T fake(Class<T> type, Function<Object[], Object> answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer.apply(arguments)));
  }
}
