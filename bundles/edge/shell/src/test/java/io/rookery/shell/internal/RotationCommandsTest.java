// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.api.hosts.Host;
import io.rookery.api.hosts.HostService;
import io.rookery.api.hosts.MailPassword;
import io.rookery.api.hosts.MailPasswordService;
import io.rookery.api.hosts.MailPasswordService.NewMailPassword;
import io.rookery.api.secrets.RotatingSecret;
import io.rookery.api.secrets.RotatingSecret.Due;
import io.rookery.api.secrets.RotationService;
import io.rookery.api.secrets.RotationService.Order;
import io.rookery.api.secrets.SecretCatalogue;
import io.rookery.api.secrets.SecretCatalogue.Entry;
import io.rookery.api.secrets.SecretRotation;
import io.rookery.api.secrets.SecretRotation.State;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.Page;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.hosts.HostPasswordAdd;
import io.rookery.shell.internal.hosts.HostPasswordList;
import io.rookery.shell.internal.hosts.HostPasswordRemove;
import io.rookery.shell.internal.secrets.SecretDueList;
import io.rookery.shell.internal.secrets.SecretList;
import io.rookery.shell.internal.secrets.SecretRotate;
import io.rookery.shell.internal.secrets.SecretRotateDue;
import io.rookery.shell.internal.secrets.SecretRotationList;
import io.rookery.shell.internal.secrets.SecretRotationTakeBack;
import io.rookery.shell.internal.secrets.SecretSchedule;
import io.rookery.shell.internal.secrets.SecretVersions;
import io.rookery.spi.secrets.SecretMetadata;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotationCommandsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID ACME = new UUID(0, 2);
  private static final UUID ID = new UUID(0, 7);
  private static final RotatingSecret SECRET =
      new RotatingSecret(ID, "smtp", "smtp/" + ACME, ACME, 180, NOON, NOON);

  @TempDir Path directory;

  private final TenantService tenants =
      Fake.of(TenantService.class)
          .on("operator", it -> TenantContext.of(new UUID(0, 1), (Actor) it[0]))
          .on(
              "find",
              it ->
                  Optional.of(
                      new Tenant(ACME, "acme", "Acme", null, Tenant.Status.ACTIVE, 1, NOON, 1)))
          .service();

  private final Fake<RotationService> rotations =
      Fake.of(RotationService.class)
          .on("secrets", it -> new Page<>(List.of(SECRET), null))
          .on("list", it -> new Page<>(List.of(rotation(State.GRACE)), null));

  private static SecretRotation rotation(State state) {
    return new SecretRotation(
        ID,
        ID,
        "smtp",
        "smtp/" + ACME,
        ACME,
        state,
        true,
        Duration.ofHours(24),
        "INC-7",
        1,
        null,
        NOON,
        NOON,
        NOON,
        null,
        NOON,
        1);
  }

  private Shell shell() {
    return new Shell(directory, tenants, rotations.service());
  }

  @Test
  void aSecretShouldBeRotatedByItsReference() throws Exception {
    rotations.on(
        "start",
        it -> {
          assertThat(it[1]).isEqualTo(ID);
          assertThat(it[2]).isEqualTo(new Order(Duration.ofHours(2), "INC-7"));
          return rotation(State.DONE);
        });
    assertThat(
            shell()
                .json(
                    SecretRotate.class,
                    "--grace",
                    "2h",
                    "--incident",
                    "INC-7",
                    "acme",
                    "smtp/" + ACME)
                .get("state")
                .asText())
        .isEqualTo("done");
    assertThatThrownBy(() -> shell().run(SecretRotate.class, "acme", "smtp/none"))
        .hasMessageContaining("no such secret");
  }

  @Test
  void versionsShouldBeListedWithTheIncidentThatCompromisedThem() throws Exception {
    SecretMetadata.Version first = new SecretMetadata.Version(1, NOON, null, true);
    SecretMetadata.Version second = new SecretMetadata.Version(2, NOON, null, false);
    Entry entry =
        new Entry(ID, "smtp/a", "smtp", 2, NOON, List.of(first, second), Map.of(1, "INC-7"));
    Shell shell =
        new Shell(
            directory,
            tenants,
            Fake.of(SecretCatalogue.class)
                .on("list", it -> new Page<>(List.of(entry), null))
                .service());
    assertThat(shell.run(SecretList.class, "acme")).contains("smtp/a", "1=INC-7");
    JsonNode versions = shell.json(SecretVersions.class, "acme", "smtp/a");
    assertThat(versions.findValuesAsText("incident_id")).containsExactly("INC-7", "null");
    assertThat(versions.findValuesAsText("destroyed")).containsExactly("true", "false");
    assertThatThrownBy(() -> shell.run(SecretVersions.class, "acme", "smtp/none"))
        .hasMessageContaining("no such secret");
  }

  @Test
  void rotationsShouldBeListedAndCalledOff() throws Exception {
    rotations.on("takeBack", it -> rotation(State.TAKEN_BACK));
    assertThat(shell().run(SecretRotationList.class, "acme")).contains("grace", "smtp/" + ACME);
    assertThat(shell().run(SecretRotationTakeBack.class, "acme", ID.toString()))
        .contains("taken_back");
    assertThatThrownBy(() -> shell().run(SecretRotationTakeBack.class, "acme", "x"))
        .hasMessageContaining("not the id of a rotation");
  }

  @Test
  void whatIsDueShouldBeListedScheduledAndRotatedTogether() throws Exception {
    rotations
        .on(
            "startAll",
            it -> {
              assertThat(it[1]).isEqualTo(Due.WITHIN_7_DAYS);
              return 3;
            })
        .on(
            "schedule",
            it -> {
              assertThat(it[2]).isEqualTo(90);
              return SECRET;
            });
    assertThat(shell().run(SecretDueList.class, "--due", "overdue", "acme")).contains("180");
    assertThat(shell().run(SecretSchedule.class, "acme", ID.toString(), "90")).contains("Due at");
    assertThat(
            shell()
                .json(SecretRotateDue.class, "--due", "within_7_days", "acme")
                .get("begun")
                .asInt())
        .isEqualTo(3);
    assertThatThrownBy(() -> shell().run(SecretRotateDue.class, "--due", "soon", "acme"))
        .hasMessageContaining("within_7_days");
  }

  @Test
  void passwordsShouldBeRegisteredOnAHost() throws Exception {
    MailPassword password = new MailPassword(ID, ID, ACME, "u", "/a/u", "/a/g", ID, NOON);
    HostService hosts =
        Fake.of(HostService.class)
            .on(
                "list",
                it ->
                    new Page<>(
                        List.of(new Host(ID, "mx1", "192.0.2.1", 22, null, null, NOON, 1)), null))
            .service();
    Fake<MailPasswordService> passwords =
        Fake.of(MailPasswordService.class)
            .on("list", it -> List.of(password))
            .on("remove", it -> null)
            .on(
                "register",
                it -> {
                  assertThat(it[2]).isEqualTo(new NewMailPassword(ACME, "u", "/a/u", "/a/g", 180));
                  return password;
                });
    Shell shell = new Shell(directory, tenants, hosts, passwords.service());
    assertThat(
            shell.run(HostPasswordAdd.class, "acme", "mx1", ACME.toString(), "u", "/a/u", "/a/g"))
        .contains("/a/g");
    assertThat(shell.run(HostPasswordList.class, "acme", "mx1")).contains("/a/u");
    assertThat(shell.run(HostPasswordRemove.class, "acme", "mx1", ID.toString()))
        .contains("Left as it is");
    assertThat(passwords.calls()).containsExactly("register", "list", "remove");
  }
}
