// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.hosts.Host;
import io.rookery.api.hosts.HostData;
import io.rookery.api.hosts.HostErrors;
import io.rookery.api.hosts.PresentedKey;
import io.rookery.events.NewEvent;
import io.rookery.hosts.internal.ssh.SshDoor;
import io.rookery.hosts.internal.ssh.SshLine;
import io.rookery.hosts.internal.ssh.SshLogin;
import io.rookery.hosts.internal.ssh.SshTarget;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.plugin.Secret;
import io.rookery.testkit.mail.DirectEgress;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Host keys of a real server. */
@Tag("peer")
@Timeout(120)
class PinningTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("hosts");

  @TempDir Path folder;

  private final TenantContext tenant = DATABASE.tenant();
  private final List<NewEvent> events = new ArrayList<>();
  private final SshDoor door = new SshDoor(new DirectEgress(), Duration.ofSeconds(10));
  private final HostServiceImpl hosts =
      new HostServiceImpl(
          DATABASE.transactions(),
          new StoredSecrets(),
          (tx, appended) -> events.addAll(appended),
          door,
          Clock.systemUTC());
  private OpenSshServer server;

  @BeforeEach
  void start() throws Exception {
    server = OpenSshServer.start(folder);
  }

  @AfterEach
  void stop() throws Exception {
    door.close();
    if (server != null) { // Where sshd is missing, nothing was started.
      server.close();
    }
  }

  private Host host(String fingerprint) {
    return hosts.create(tenant, new HostData("mx1", "127.0.0.1", server.port(), fingerprint));
  }

  @Test
  void theKeyThatIsShownShouldBePinnedOnceItIsConfirmed() throws Exception {
    Host made = host(null);
    PresentedKey shown = hosts.scan(tenant, made.id());
    assertThat(shown.hostKey().fingerprint()).isEqualTo(server.fingerprint("host_ed25519"));
    assertThat(shown.hostKey().type()).isEqualTo("ssh-ed25519");
    assertThat(shown.pinned()).isFalse();

    Host pinned = hosts.pin(tenant, made.id(), shown.hostKey().fingerprint());
    assertThat(pinned.hostKey()).isEqualTo(shown.hostKey());
    assertThat(hosts.scan(tenant, made.id()).pinned()).isTrue();
    assertThat(events).extracting(NewEvent::type).containsExactly("host.registered", "host.pinned");
  }

  @Test
  void anyOfTheHostsKeysShouldDoAndNoOther() throws Exception {
    Host made = host(null);
    String rsa = server.fingerprint("host_rsa");
    assertThat(hosts.pin(tenant, made.id(), rsa).hostKey().type()).isEqualTo("ssh-rsa");
    assertThat(hosts.scan(tenant, made.id()).pinned()).isTrue();
    assertThatThrownBy(() -> hosts.pin(tenant, made.id(), "SHA256:" + "A".repeat(43)))
        .isInstanceOfSatisfying(
            RookeryException.class, e -> assertThat(e.code()).isEqualTo(HostErrors.KEY_CHANGED))
        .hasMessageContaining(server.fingerprint("host_ed25519"));
    assertThat(hosts.get(tenant, made.id()).hostKey().fingerprint()).isEqualTo(rsa);
  }

  @Test
  void aChangedKeyShouldBeRefusedBeforeAnyCredentialIsSent() throws Exception {
    Host made = host(server.fingerprint("host_rsa"));
    Path key = server.makeKey("client", "ed25519");
    server.admit(key);
    SshLogin login = SshLogin.by(OpenSshServer.user(), pair(key));
    try (SshLine line = door.signIn(SshTarget.of(made), login)) {
      assertThat(line.run("echo $((6 * 7))").output()).isEqualTo("42\n");
      assertThat(line.run("echo no >&2; exit 3")).isEqualTo(new SshLine.Result(3, "", "no\n"));
    }
    server.reinstall();
    assertThatThrownBy(() -> door.signIn(SshTarget.of(made), login))
        .isInstanceOfSatisfying(
            RookeryException.class, e -> assertThat(e.code()).isEqualTo(HostErrors.KEY_CHANGED))
        .hasMessageContaining(server.fingerprint("host_rsa"))
        .hasMessageContaining("no credential was sent");
    assertThat(Files.readString(folder.resolve("sshd.log"))).doesNotContain("publickey for");
    assertThat(hosts.scan(tenant, made.id()).pinned()).isFalse();
  }

  @Test
  void aCredentialThatIsNotTakenShouldBeToldApart() throws Exception {
    Host made = host(server.fingerprint("host_ed25519"));
    KeyPair unknown = pair(server.makeKey("client", "rsa"));
    for (SshLogin login :
        List.of(
            SshLogin.by(OpenSshServer.user(), unknown),
            SshLogin.by("nobody-here", Secret.of("wrong")))) {
      assertThatThrownBy(() -> door.signIn(SshTarget.of(made), login))
          .isInstanceOfSatisfying(
              RookeryException.class,
              e -> assertThat(e.code()).isEqualTo(HostErrors.LOGIN_REFUSED));
    }
  }

  @Test
  void aServerOfAnotherKindShouldNotBeListenedTo() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread talker = new Thread(() -> greet(other));
      talker.start();
      Host made =
          hosts.create(tenant, new HostData("mx2", "127.0.0.1", other.getLocalPort(), null));
      assertThatThrownBy(() -> hosts.scan(tenant, made.id()))
          .isInstanceOfSatisfying(
              RookeryException.class, e -> assertThat(e.code()).isEqualTo(HostErrors.UNREACHABLE))
          .message()
          .doesNotContain("hush");
      talker.join();
    }
  }

  private static void greet(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getOutputStream().write("220 hush ESMTP\r\n".getBytes());
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      // Whoever came has left.
    }
  }

  static KeyPair pair(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      return SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName("key"), in, null)
          .iterator()
          .next();
    }
  }
}
