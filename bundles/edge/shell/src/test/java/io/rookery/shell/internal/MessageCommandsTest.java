// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.sending.MessageService;
import io.rookery.api.sending.SendingService;
import io.rookery.api.sending.SendingService.Message;
import io.rookery.api.sending.SendingService.MessageFilter;
import io.rookery.api.sending.SendingService.State;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantPermissions;
import io.rookery.api.tenancy.TenantPermissions.Grant;
import io.rookery.api.tenancy.TenantPermissions.Permission;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.Page;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.shell.internal.messages.MessageCancel;
import io.rookery.shell.internal.messages.MessageList;
import io.rookery.shell.internal.messages.MessageShow;
import io.rookery.shell.internal.permissions.PermissionGrant;
import io.rookery.shell.internal.permissions.PermissionList;
import io.rookery.shell.internal.permissions.PermissionRevoke;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageCommandsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID OPERATOR = new UUID(0, 1);
  private static final UUID ACME = new UUID(0, 2);
  private static final UUID THING = new UUID(0, 7);

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

  @Test
  void messageShowShouldShowEveryField() throws Exception {
    SendingService sending = Fake.of(SendingService.class).on("message", it -> message()).service();

    JsonNode json = shell(sending).json(MessageShow.class, "acme", THING.toString());

    assertThat(json.get("category").asText()).isEqualTo("transactional");
    assertThat(json.get("state").asText()).isEqualTo("due");
    assertThat(json.get("campaign_id").isNull()).isTrue();
    assertThatThrownBy(() -> shell(sending).run(MessageShow.class, "acme", "first"))
        .hasMessage("Error: first is not the id of a message");
  }

  @Test
  void messageListShouldPassOnWhatIsWanted() throws Exception {
    SendingService sending =
        Fake.of(SendingService.class)
            .on(
                "messages",
                it -> {
                  seen.set(it[1]);
                  return new Page<>(List.of(message()), null);
                })
            .service();

    String shown =
        shell(sending)
            .run(MessageList.class, "--state", "in-doubt", "--category", "commercial", "acme");

    assertThat(shown).contains(THING.toString());
    assertThat(seen.get()).isEqualTo(new MessageFilter(null, State.IN_DOUBT, Category.COMMERCIAL));
    assertThatThrownBy(() -> shell(sending).run(MessageList.class, "--state", "lost", "acme"))
        .hasMessageContaining("lost is no state; there are due, accepted");
  }

  @Test
  void messageCancelShouldShowWhatBecameOfIt() throws Exception {
    MessageService messages = Fake.of(MessageService.class).on("cancel", it -> message()).service();

    assertThat(shell(messages).run(MessageCancel.class, "acme", THING.toString()))
        .contains(THING.toString());
  }

  @Test
  void permissionsShouldBeGivenTakenAndListed() throws Exception {
    Grant grant = new Grant(THING, Permission.TRANSACTIONAL_MAIL, "OPERATOR:ada", NOON);
    Fake<TenantPermissions> permissions =
        Fake.of(TenantPermissions.class)
            .on("grant", it -> it[1].equals(ACME) ? grant : null)
            .on("revoke", it -> null)
            .on("list", it -> List.of(grant));
    Shell shell = shell(permissions.service());

    assertThat(shell.run(PermissionGrant.class, "acme", "transactional_mail"))
        .contains("OPERATOR:ada");
    assertThat(shell.json(PermissionList.class, "acme").get(0).get("permission").asText())
        .isEqualTo("transactional_mail");
    assertThat(shell.run(PermissionRevoke.class, "acme", "transactional_mail").strip())
        .isEqualTo("No longer permitted: transactional_mail");
    assertThat(permissions.calls()).containsExactly("grant", "list", "revoke");
    assertThatThrownBy(() -> shell.run(PermissionGrant.class, "acme", "everything"))
        .hasMessage("Error: everything is no permission; there are transactional_mail");
  }

  private static Message message() {
    return new Message(
        THING,
        null,
        null,
        THING,
        Category.TRANSACTIONAL,
        Mode.LIVE,
        State.DUE,
        0,
        NOON,
        0,
        null,
        null,
        "<a@b>",
        NOON,
        null);
  }

  private Shell shell(Object service) {
    return new Shell(directory, tenants, service);
  }
}
