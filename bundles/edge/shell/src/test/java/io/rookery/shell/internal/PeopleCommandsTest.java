// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.MailboxData.WhenInDoubt;
import io.rookery.api.mailboxes.SystemMailbox;
import io.rookery.api.people.Invitation;
import io.rookery.api.people.InvitationService;
import io.rookery.api.people.Member;
import io.rookery.api.people.MemberService;
import io.rookery.api.people.Role;
import io.rookery.api.people.SecondFactorService;
import io.rookery.api.people.UnlockService;
import io.rookery.api.people.User;
import io.rookery.api.people.UserService;
import io.rookery.api.people.UserService.NewUser;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.Page;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.mailboxes.SystemMailboxChoose;
import io.rookery.shell.internal.people.MemberList;
import io.rookery.shell.internal.people.MemberRemove;
import io.rookery.shell.internal.people.MemberRestrict;
import io.rookery.shell.internal.people.MemberRole;
import io.rookery.shell.internal.people.RoleCompleter;
import io.rookery.shell.internal.people.UserCreate;
import io.rookery.shell.internal.people.UserInvite;
import io.rookery.shell.internal.people.UserSecondFactorRemove;
import io.rookery.shell.internal.people.UserUnlock;
import io.rookery.spi.plugin.Secret;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeopleCommandsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID OPERATOR = new UUID(0, 1);
  private static final UUID ACME = new UUID(0, 2);
  private static final UUID MEMBER = new UUID(0, 7);
  private static final String PASSWORD = "grey otter, 9 stones";

  @TempDir Path directory;

  private final AtomicReference<Object> seen = new AtomicReference<>();
  private final TenantService tenants =
      Fake.of(TenantService.class)
          .on("operator", it -> TenantContext.of(OPERATOR, (Actor) it[0]))
          .on(
              "find",
              it ->
                  Optional.of(
                      new Tenant(ACME, "acme", "Acme", null, Tenant.Status.ACTIVE, 1, NOON, 1)))
          .service();
  private final UserService users =
      Fake.of(UserService.class)
          .on(
              "create",
              it -> {
                seen.set(List.of(((TenantContext) it[0]).tenantId(), it[1], it[2]));
                NewUser user = (NewUser) it[2];
                return new Member(
                    MEMBER, new UUID(0, 8), user.email(), user.name(), user.role(), NOON, 1);
              })
          .service();

  private static Member member(Role role) {
    return new Member(MEMBER, new UUID(0, 8), "ada@example.org", "Ada", role, NOON, 2);
  }

  @Test
  void userCreateShouldTakeThePasswordFromAPipeAndNotShowIt() throws Exception {
    String shown = piped(PASSWORD + "\n", "--role", "admin");

    assertThat(shown).contains("ada@example.org", "admin").doesNotContain(PASSWORD);
    assertThat(seen.get())
        .isEqualTo(
            List.of(
                OPERATOR,
                ACME,
                new NewUser("ada@example.org", "Ada", Secret.of(PASSWORD), Role.ADMIN)));
  }

  @Test
  void userCreateShouldNotGoOnWithoutAPassword() {
    assertThatThrownBy(() -> piped("")).hasMessageContaining("No password was piped");
    assertThatThrownBy(() -> piped(PASSWORD, "--role", "king")).hasMessageContaining("no role");
    assertThat(seen.get()).isNull();
  }

  private String piped(String input, String... options) throws Exception {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      Object[] arguments = new Object[options.length + 4];
      System.arraycopy(options, 0, arguments, 0, options.length);
      arguments[options.length] = "--stdin";
      arguments[options.length + 1] = "acme";
      arguments[options.length + 2] = "ada@example.org";
      arguments[options.length + 3] = "Ada";
      return new Shell(directory, tenants, users).run(UserCreate.class, arguments);
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void userUnlockShouldUnlockAsTheOperator() throws Exception {
    UnlockService unlocks =
        Fake.of(UnlockService.class)
            .on(
                "unlock",
                it -> {
                  seen.set(List.of(((TenantContext) it[0]).tenantId(), it[1]));
                  return new User(new UUID(0, 8), (String) it[1], "Ada", false, false, NOON);
                })
            .service();
    Shell shell = new Shell(directory, tenants, unlocks);
    assertThat(shell.run(UserUnlock.class, "ada@example.org")).contains("unlocked");
    assertThat(seen.get()).isEqualTo(List.of(OPERATOR, "ada@example.org"));
  }

  @Test
  void userSecondFactorRemoveShouldTakeItOffAsTheOperator() throws Exception {
    SecondFactorService factors =
        Fake.of(SecondFactorService.class)
            .on(
                "takeOff",
                it -> {
                  seen.set(List.of(((TenantContext) it[0]).tenantId(), it[1]));
                  return new User(new UUID(0, 8), (String) it[1], "Ada", true, false, NOON);
                })
            .service();
    Shell shell = new Shell(directory, tenants, factors);
    JsonNode done = shell.json(UserSecondFactorRemove.class, "ada@example.org");
    assertThat(done.path("user_id").asText()).isEqualTo(new UUID(0, 8).toString());
    assertThat(done.path("second_factor").asBoolean(true)).isFalse();
    assertThat(seen.get()).isEqualTo(List.of(OPERATOR, "ada@example.org"));
  }

  @Test
  void userInviteShouldInviteIntoTheTenantAsAnOwnerUnlessSaidOtherwise() throws Exception {
    InvitationService invitations =
        Fake.of(InvitationService.class)
            .on(
                "invite",
                it -> {
                  seen.set(List.of(((TenantContext) it[0]).tenantId(), it[1], it[2]));
                  return new Invitation(
                      MEMBER, (String) it[1], (Role) it[2], "operator:shell", NOON, NOON, NOON, 1);
                })
            .service();
    Shell shell = new Shell(directory, tenants, invitations);

    String shown = shell.run(UserInvite.class, "acme", "eve@example.org");
    assertThat(shown).contains(MEMBER.toString(), "eve@example.org", "owner");
    assertThat(seen.get()).isEqualTo(List.of(ACME, "eve@example.org", Role.OWNER));

    JsonNode viewer = shell.json(UserInvite.class, "--role", "viewer", "acme", "eve@example.org");
    assertThat(viewer.path("role").asText()).isEqualTo("viewer");
    assertThat(viewer.path("expires_at").asText()).isEqualTo(NOON.toString());
    assertThat(seen.get()).isEqualTo(List.of(ACME, "eve@example.org", Role.VIEWER));

    seen.set(null);
    assertThatThrownBy(() -> shell.run(UserInvite.class, "--role", "king", "acme", "e@example.org"))
        .hasMessageContaining("no role");
    assertThat(seen.get()).isNull();
  }

  @Test
  void membersShouldBeListedChangedAndRemovedInTheirTenant() throws Exception {
    MemberService members =
        Fake.of(MemberService.class)
            .on("list", it -> new Page<>(List.of(member(Role.OWNER)), null))
            .on(
                "changeRole",
                it -> {
                  seen.set(List.of(((TenantContext) it[0]).tenantId(), it[1], it[3]));
                  return member((Role) it[2]);
                })
            .on(
                "remove",
                it -> {
                  seen.set(List.of(((TenantContext) it[0]).tenantId(), it[1]));
                  return null;
                })
            .service();
    Shell shell = new Shell(directory, tenants, members);

    assertThat(shell.run(MemberList.class, "acme")).contains("ada@example.org", "owner");
    assertThat(
            shell.json(MemberRole.class, "acme", MEMBER.toString(), "viewer").path("role").asText())
        .isEqualTo("viewer");
    assertThat(seen.get()).isEqualTo(List.of(ACME, MEMBER, 0L));
    assertThat(shell.run(MemberRemove.class, "acme", MEMBER.toString())).contains("removed");
    assertThat(seen.get()).isEqualTo(List.of(ACME, MEMBER));
    assertThat(shell.complete(RoleCompleter.class, "o")).containsExactly("owner");
  }

  @Test
  void theSystemMailboxShouldBeShownAndChosen() throws Exception {
    SystemMailbox system =
        Fake.of(SystemMailbox.class)
            .on("find", it -> Optional.of(box((TenantContext) it[0], MEMBER)))
            .on("choose", it -> box((TenantContext) it[0], (UUID) it[1]))
            .service();
    Shell shell = new Shell(directory, tenants, system);
    assertThat(shell.run(SystemMailboxChoose.class)).contains(MEMBER.toString(), "r@o.example");
    assertThat(shell.run(SystemMailboxChoose.class, ACME.toString())).contains(ACME.toString());
    assertThat(seen.get()).isEqualTo(OPERATOR);
  }

  private Mailbox box(TenantContext context, UUID id) {
    seen.set(context.tenantId());
    return new Mailbox(
        id,
        new UUID(0, 2),
        "r@o.example",
        null,
        "sandbox",
        Map.of(),
        Set.of(),
        1,
        0,
        WhenInDoubt.RESEND,
        null,
        null,
        null,
        null,
        null,
        NOON,
        1);
  }

  @Test
  void memberRestrictShouldNameWorkspacesOrLiftTheRestriction() throws Exception {
    AtomicReference<Object> wanted = new AtomicReference<>();
    MemberService members =
        Fake.of(MemberService.class)
            .on(
                "restrict",
                it -> {
                  wanted.set(String.valueOf(it[2]));
                  return member(Role.MEMBER);
                })
            .service();
    Shell shell = new Shell(directory, tenants, members);
    shell.run(MemberRestrict.class, "acme", MEMBER.toString(), new UUID(0, 9).toString());
    assertThat(wanted.get()).isEqualTo("[" + new UUID(0, 9) + "]");
    shell.run(MemberRestrict.class, "acme", MEMBER.toString());
    assertThat(wanted.get()).isEqualTo("null");
    assertThatThrownBy(() -> shell.run(MemberRestrict.class, "acme", MEMBER.toString(), "shoes"))
        .hasMessageContaining("shoes is not the id of a workspace");
  }
}
