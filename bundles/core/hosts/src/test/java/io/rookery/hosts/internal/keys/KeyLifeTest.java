// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.hosts.DownloadedKey;
import io.rookery.api.hosts.HostErrors;
import io.rookery.api.hosts.NewSshKey;
import io.rookery.api.hosts.NewSshKey.Entrance;
import io.rookery.api.hosts.Rotation;
import io.rookery.api.hosts.SshKey;
import io.rookery.api.hosts.SshKey.Algorithm;
import io.rookery.api.hosts.SshKey.Role;
import io.rookery.api.hosts.SshKey.State;
import io.rookery.api.hosts.SshKey.VersionState;
import io.rookery.hosts.internal.OpenSshServer;
import io.rookery.hosts.internal.ssh.SshDoor;
import io.rookery.hosts.internal.ssh.SshLogin;
import io.rookery.kernel.Actor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.plugin.EgressGuard;
import io.rookery.spi.plugin.Secret;
import io.rookery.testkit.mail.DirectEgress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A key's life on a real server. */
@Tag("peer")
@Timeout(180)
class KeyLifeTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("hosts");

  @TempDir Path folder;

  private KeyWorld world;

  @BeforeEach
  void start() throws Exception {
    world = new KeyWorld(DATABASE, folder);
  }

  @AfterEach
  void stop() throws Exception {
    if (world != null) { // Where sshd is missing, nothing was started.
      world.close();
    }
  }

  private static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(RookeryException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void aKeyShouldBeInstalledBesideThoseOfOthers() throws Exception {
    Path file = world.server.authorizedKeys();
    String others = "# mine\nfrom=\"192.0.2.1\" " + Files.readString(file).strip() + "\n";
    String withoutEnd = others + Files.readString(file).strip();
    Files.writeString(file, withoutEnd);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

    TenantContext once = world.tenant.with(new IdempotencyKey("k", "f"));
    SshKey key = world.service().install(once, world.host.id(), world.wanted());
    assertThat(key.state()).isEqualTo(State.ACTIVE);
    assertThat(key.algorithm()).isEqualTo(Algorithm.ED25519);
    assertThat(key.versions())
        .singleElement()
        .satisfies(it -> assertThat(it.state()).isEqualTo(VersionState.CURRENT));
    assertThat(world.takes(world.login(key, 1))).isTrue();
    assertThat(Files.readString(file)).startsWith(withoutEnd + "\n");
    assertThat(world.ours())
        .containsExactly(
            key.versions().get(0).publicKey() + " rookery-" + world.host.id() + "-admin");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(file.getParent()).isDirectoryNotContaining("glob:**.rookery*");
    assertThat(world.eventTypes()).contains("host.key_installed");

    assertThat(world.service().install(once, world.host.id(), world.wanted())).isEqualTo(key);
    assertFails(CommonErrors.CONFLICT, world::installed);
    assertThat(world.service().list(world.tenant, world.host.id())).containsExactly(key);
    assertFails(
        CommonErrors.NOT_FOUND,
        () -> world.service().get(DATABASE.tenant(), world.host.id(), key.id()));
    assertFails(
        CommonErrors.NOT_FOUND, () -> world.service().list(DATABASE.tenant(), world.host.id()));
  }

  @Test
  void ofAnInstallationThatFailsNothingShouldBeLeft() throws Exception {
    Path stranger = world.server.makeKey("stranger", "ed25519");
    NewSshKey wanted =
        new NewSshKey(
            Role.TENANT,
            OpenSshServer.user(),
            Algorithm.RSA4096,
            30,
            new Entrance(null, Secret.of(Files.readString(stranger)), null));
    assertFails(
        HostErrors.LOGIN_REFUSED,
        () -> world.service().install(world.tenant, world.host.id(), wanted));
    assertThat(world.service().list(world.tenant, world.host.id())).isEmpty();
    assertThat(world.secrets.list(world.tenant)).isEmpty();
    assertThat(world.eventTypes()).contains("host.key_install_failed");
    assertFails(
        CommonErrors.VALIDATION_FAILED,
        () ->
            world
                .service()
                .install(
                    world.tenant,
                    world.host.id(),
                    new NewSshKey(
                        Role.ADMIN,
                        "root",
                        null,
                        null,
                        new Entrance(null, Secret.of("no key"), null))));
  }

  @Test
  void theOldPairShouldWorkThroughItsGraceAndBeRefusedAfterIt() throws Exception {
    SshKey key = world.installed();
    SshLogin old = world.login(key, 1);
    SshKey rotated =
        world.service().rotate(world.tenant, world.host.id(), key.id(), new Rotation(null, null));
    assertThat(rotated.state()).isEqualTo(State.ACTIVE);
    assertThat(rotated.versions())
        .extracting(SshKey.Version::state)
        .containsExactly(VersionState.CURRENT, VersionState.GRACE);
    SshLogin fresh = world.login(rotated, 2);
    assertThat(world.takes(old)).isTrue();
    assertThat(world.takes(fresh)).isTrue();

    world.pass(Duration.ofHours(23));
    world.upkeep();
    assertThat(world.takes(old)).isTrue();
    world.pass(Duration.ofHours(2));
    world.upkeep();
    assertThat(world.takes(old)).isFalse();
    assertThat(world.takes(fresh)).isTrue();
    SshKey after = world.key(key);
    assertThat(after.versions().get(1).state()).isEqualTo(VersionState.RETIRED);
    assertThat(after.problem()).isNull();
    assertFails(CommonErrors.NOT_FOUND, () -> world.login(after, 1));
    assertThat(world.eventTypes())
        .endsWith("host.key_rotating", "host.key_rotated", "host.key_retired");
  }

  @Test
  void aCompromisedPairShouldBeFlaggedAndRefusedAtOnce() throws Exception {
    SshKey key = world.installed();
    SshLogin old = world.login(key, 1);
    SshKey rotated =
        world
            .service()
            .rotate(world.tenant, world.host.id(), key.id(), new Rotation(null, "INC-7"));
    assertThat(world.takes(old)).isFalse();
    assertThat(world.takes(world.login(rotated, 2))).isTrue();
    assertThat(rotated.versions().get(1).incidentId()).isEqualTo("INC-7");
    assertThat(world.alerted).containsExactly("INC-7");
    assertThat(rotated.versions().get(1).state()).isEqualTo(VersionState.RETIRED);
    assertThat(rotated.versions().get(0).incidentId()).isNull();
    assertThat(world.eventTypes()).contains("host.key_compromised");
    Map<String, Map<Integer, String>> compromised =
        world.transactions().call(world.tenant, tx -> new CompromisedKeys(null).of(tx));
    String role = key.role().name().toLowerCase(Locale.ROOT);
    assertThat(compromised)
        .isEqualTo(Map.of("ssh/" + world.host.id() + "/" + role, Map.of(1, "INC-7")));
  }

  @Test
  void aKeyShouldBeRotatedByItselfAfterItsDays() throws Exception {
    SshKey key = world.installed();
    world.pass(Duration.ofDays(89));
    world.upkeep();
    assertThat(world.key(key).versions()).hasSize(1);
    world.pass(Duration.ofDays(2));
    world.upkeep();
    assertThat(world.key(key).versions()).hasSize(2);
    assertThat(world.takes(world.login(world.key(key), 2))).isTrue();
  }

  @Test
  void aRevokedKeyShouldBeOffTheHostAndOutOfTheStore() throws Exception {
    SshKey key = world.installed();
    SshLogin login = world.login(key, 1);
    SshKey revoked = world.service().revoke(world.tenant, world.host.id(), key.id(), "INC-8");
    assertThat(revoked.state()).isEqualTo(State.REVOKED);
    assertThat(revoked.versions().get(0).incidentId()).isEqualTo("INC-8");
    assertThat(world.alerted).containsExactly("INC-8");
    assertThat(world.takes(login)).isFalse();
    assertThat(world.ours()).isEmpty();
    assertThat(world.secrets.list(world.tenant)).isEmpty();
    assertThat(world.service().revoke(world.tenant, world.host.id(), key.id(), null))
        .isEqualTo(revoked);
    assertThat(world.installed().state()).isEqualTo(State.ACTIVE);
  }

  @Test
  void aKeyOfAHostThatIsAwayShouldBeRevokedWhenItIsBack() throws Exception {
    SshKey key = world.installed();
    SshLogin login = world.login(key, 1);
    world.server.stop();
    SshKey revoking = world.service().revoke(world.tenant, world.host.id(), key.id(), null);
    assertThat(revoking.state()).isEqualTo(State.REVOKING);
    assertThat(revoking.problem()).contains("No SSH server answers");
    assertFails(
        CommonErrors.WRONG_STATE,
        () ->
            world
                .service()
                .rotate(world.tenant, world.host.id(), key.id(), new Rotation(null, null)));
    world.server.begin();
    assertThat(world.takes(login)).isTrue();
    world.pass(Duration.ofMinutes(16));
    world.upkeep();
    assertThat(world.key(key).state()).isEqualTo(State.REVOKED);
    assertThat(world.takes(login)).isFalse();
  }

  @Test
  void aRotationOfAHostThatIsAwayShouldLeaveThePresentPair() throws Exception {
    SshKey key = world.installed();
    world.server.stop();
    assertFails(
        HostErrors.UNREACHABLE,
        () ->
            world
                .service()
                .rotate(world.tenant, world.host.id(), key.id(), new Rotation(null, null)));
    SshKey after = world.key(key);
    assertThat(after.state()).isEqualTo(State.ACTIVE);
    assertThat(after.problem()).contains("firewall");
    world.server.begin();
    assertThat(world.takes(world.login(after, 1))).isTrue();
    world.pass(Duration.ofMinutes(16));
    world.upkeep();
    assertThat(world.ours()).hasSize(1);
    assertThat(world.key(key).nextAt()).isAfter(after.nextAt());
  }

  @Test
  void aRotationThatIsUnderWayShouldNotBringARevokedKeyBack() throws Exception {
    SshKey key = world.installed();
    SshLogin old = world.login(key, 1);
    Path file = world.server.authorizedKeys();
    AtomicBoolean once = new AtomicBoolean();
    EgressGuard direct = new DirectEgress();
    EgressGuard slow =
        destination -> {
          if (!once.getAndSet(true)) {
            assertThat(
                    world.service().revoke(world.tenant, world.host.id(), key.id(), null).state())
                .isEqualTo(State.REVOKING);
            assertThat(file).content().doesNotContain(" rookery-");
            // As if it had signed in before.
            Files.writeString(file, key.versions().get(0).publicKey() + " other\n");
          }
          return direct.connect(destination);
        };
    SshDoor door = KeyWorld.door(slow);
    SshKeyServiceImpl other = world.service(world.transactions(), world.secrets, door);
    assertFails(
        CommonErrors.CONFLICT,
        () -> other.rotate(world.tenant, world.host.id(), key.id(), new Rotation(null, null)));
    door.close();
    assertThat(world.ours()).hasSize(2);
    Files.write(file, world.ours());

    world.pass(Duration.ofMinutes(4));
    world.upkeep();
    assertThat(world.key(key).state()).isEqualTo(State.REVOKED);
    assertThat(world.ours()).isEmpty();
    assertThat(world.takes(old)).isFalse();
    assertThat(world.secrets.list(world.tenant)).isEmpty();
  }

  /** Has a rotation asked for in the middle of something that is done on the host. */
  private void rotateInTheMiddle(SshKey key, int connection, Consumer<SshKeyServiceImpl> work) {
    AtomicInteger connections = new AtomicInteger();
    EgressGuard direct = new DirectEgress();
    EgressGuard busy =
        destination -> {
          if (connections.incrementAndGet() == connection) {
            assertFails(
                CommonErrors.WRONG_STATE,
                () ->
                    world
                        .service()
                        .rotate(world.tenant, world.host.id(), key.id(), new Rotation(null, null)));
          }
          return direct.connect(destination);
        };
    SshDoor door = KeyWorld.door(busy);
    work.accept(world.service(world.transactions(), world.secrets, door));
    door.close();
    assertThat(connections.get()).isGreaterThan(connection);
  }

  @Test
  void aRotationShouldNotOvertakeARetirement() throws Exception {
    SshKey key = world.installed();
    Rotation hour = new Rotation(Duration.ofHours(1), null);
    world.service().rotate(world.tenant, world.host.id(), key.id(), hour);
    world.pass(Duration.ofMinutes(61));
    rotateInTheMiddle(key, 1, it -> it.attention().attend(world.tenant, key.id()));
    assertThat(world.takes(world.login(world.key(key), 2))).isTrue();
    // At once: two connections put the new pair there, the third takes off the old one.
    Rotation now = new Rotation(Duration.ZERO, null);
    rotateInTheMiddle(key, 3, it -> it.rotate(world.tenant, world.host.id(), key.id(), now));
    SshKey after = world.key(key);
    assertThat(world.takes(world.login(after, 3))).isTrue();
    assertThat(world.ours()).hasSize(1);
    // What ends soon by itself is in nobody's hands.
    Rotation soon = new Rotation(Duration.ofMinutes(1), null);
    world.service().rotate(world.tenant, world.host.id(), key.id(), soon);
    world.service().rotate(world.tenant, world.host.id(), key.id(), new Rotation(null, "INC-9"));
    assertThat(world.takes(world.login(world.key(key), 5))).isTrue();
  }

  @Test
  void aPrivateHalfShouldBeShownToAPersonOnce() throws Exception {
    SshKey key = world.installed();
    TenantContext person =
        TenantContext.of(
            world.tenant.tenantId(),
            new Actor(Actor.Kind.USER, "00000000-0000-0000-0000-000000000001"));
    assertFails(
        CommonErrors.FORBIDDEN,
        () -> world.service().download(world.tenant, world.host.id(), key.id()));
    DownloadedKey shown = world.service().download(person, world.host.id(), key.id());
    assertThat(shown.toString()).doesNotContain("PRIVATE");
    SshLogin login = SshLogin.by(OpenSshServer.user(), KeyPairs.given(shown.privateKey(), null));
    assertThat(world.takes(login)).isTrue();
    assertThat(world.eventTypes()).contains("host.key_downloaded");
    assertFails(
        CommonErrors.ALREADY_DONE,
        () -> world.service().download(person, world.host.id(), key.id()));
  }
}
