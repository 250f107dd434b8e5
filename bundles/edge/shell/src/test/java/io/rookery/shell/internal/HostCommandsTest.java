// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.hosts.Host;
import io.rookery.api.hosts.HostCheck;
import io.rookery.api.hosts.HostData;
import io.rookery.api.hosts.HostHealthService;
import io.rookery.api.hosts.HostKey;
import io.rookery.api.hosts.HostService;
import io.rookery.api.hosts.NewSshKey;
import io.rookery.api.hosts.PresentedKey;
import io.rookery.api.hosts.SshKey;
import io.rookery.api.hosts.SshKey.Algorithm;
import io.rookery.api.hosts.SshKey.Role;
import io.rookery.api.hosts.SshKey.State;
import io.rookery.api.hosts.SshKeyService;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.Page;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.hosts.HostAdd;
import io.rookery.shell.internal.hosts.HostHealth;
import io.rookery.shell.internal.hosts.HostKeyInstall;
import io.rookery.shell.internal.hosts.HostKeyList;
import io.rookery.shell.internal.hosts.HostKeyRevoke;
import io.rookery.shell.internal.hosts.HostKeyRotate;
import io.rookery.shell.internal.hosts.HostList;
import io.rookery.shell.internal.hosts.HostPin;
import io.rookery.shell.internal.hosts.HostRemove;
import io.rookery.shell.internal.hosts.HostScan;
import io.rookery.shell.internal.hosts.HostShow;
import io.rookery.spi.plugin.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostCommandsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID ACME = new UUID(0, 2);
  private static final UUID HOST = new UUID(0, 7);
  private static final HostKey KEY = new HostKey("ssh-ed25519", "SHA256:" + "A".repeat(43));

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

  private static Host host(HostKey key) {
    return new Host(HOST, "mx1", "192.0.2.1", 22, key, key == null ? null : NOON, NOON, 1);
  }

  private final Fake<HostService> hosts =
      Fake.of(HostService.class).on("list", it -> new Page<>(List.of(host(null)), null));

  private Shell shell() {
    return new Shell(directory, tenants, hosts.service());
  }

  @Test
  void hostsShouldBeAddedListedAndShownByName() throws Exception {
    hosts
        .on("get", it -> host(KEY))
        .on(
            "create",
            it -> {
              assertThat(it[1]).isEqualTo(new HostData("mx1", "192.0.2.1", 2222, null));
              return host(null);
            });
    assertThat(shell().run(HostAdd.class, "--port", "2222", "acme", "mx1", "192.0.2.1"))
        .contains(HOST.toString());
    assertThat(shell().run(HostList.class, "acme")).contains("mx1", "192.0.2.1");
    assertThat(shell().json(HostShow.class, "acme", "mx1").get("fingerprint").asText())
        .isEqualTo(KEY.fingerprint());
    assertThatThrownBy(() -> shell().run(HostShow.class, "acme", "mx2"))
        .hasMessageContaining("no such host");
  }

  @Test
  void aHostsKeyShouldBeLookedAtAndPinned() throws Exception {
    hosts
        .on("scan", it -> new PresentedKey(KEY, false))
        .on(
            "pin",
            it -> {
              assertThat(it[1]).isEqualTo(HOST);
              assertThat(it[2]).isEqualTo(KEY.fingerprint());
              return host(KEY);
            });
    assertThat(shell().json(HostScan.class, "acme", "mx1").get("pinned").asBoolean()).isFalse();
    assertThat(shell().run(HostPin.class, "acme", HOST.toString(), KEY.fingerprint()))
        .contains("ssh-ed25519");
  }

  private static SshKey key(String problem) {
    return new SshKey(
        new UUID(0, 8),
        HOST,
        Role.ADMIN,
        "root",
        Algorithm.ED25519,
        State.ACTIVE,
        90,
        List.of(),
        problem,
        NOON,
        NOON,
        1);
  }

  @Test
  void keysShouldBeInstalledByAFileAndRotatedAndRevokedByTheirRole() throws Exception {
    Path file = directory.resolve("id_rsa");
    Files.writeString(file, "the private half");
    SshKeyService keys =
        Fake.of(SshKeyService.class)
            .on("list", it -> List.of(key(null)))
            .on(
                "install",
                it -> {
                  NewSshKey wanted = (NewSshKey) it[2];
                  assertThat(wanted.user()).isEqualTo("root");
                  assertThat(wanted.entrance().privateKey())
                      .isEqualTo(Secret.of("the private half"));
                  return key(null);
                })
            .on("rotate", it -> key(it[3].toString()))
            .on("revoke", it -> key("revoked for " + it[3]))
            .service();
    Shell shell = new Shell(directory, tenants, hosts.service(), keys);
    assertThat(shell.run(HostKeyInstall.class, "--key", "id_rsa", "acme", "mx1", "admin", "root"))
        .contains("ed25519")
        .doesNotContain("private half");
    assertThat(shell.run(HostKeyList.class, "acme", "mx1")).contains("root", "active");
    assertThat(shell.run(HostKeyRotate.class, "--grace", "2h", "acme", "mx1", "admin"))
        .contains("PT2H");
    assertThat(shell.run(HostKeyRevoke.class, "--incident", "I-7", "acme", "mx1", "admin"))
        .contains("revoked for I-7");
    assertThatThrownBy(() -> shell.run(HostKeyRevoke.class, "acme", "mx1", "tenant"))
        .hasMessageContaining("no such key");
  }

  @Test
  void aHostsHealthShouldBeShownOrLookedAtNow() throws Exception {
    HostCheck closed =
        new HostCheck(
            HostCheck.Check.PORT_25, HostCheck.State.FAILED, "closed", "Look there", NOON, NOON);
    Fake<HostHealthService> health =
        Fake.of(HostHealthService.class)
            .on("get", it -> List.of())
            .on("check", it -> List.of(closed));
    Shell shell = new Shell(directory, tenants, hosts.service(), health.service());
    assertThat(shell.run(HostHealth.class, "acme", "mx1")).contains("There are none");
    assertThat(shell.run(HostHealth.class, "--now", "acme", "mx1"))
        .contains("port_25", "failed", "Look there");
    assertThat(health.calls()).containsExactly("get", "check");
  }

  @Test
  void aRemovedHostShouldBeTold() throws Exception {
    hosts.on("delete", it -> null);
    assertThat(shell().run(HostRemove.class, "acme", "mx1")).contains("Forgotten");
    assertThat(hosts.calls()).containsExactly("list", "delete");
  }
}
