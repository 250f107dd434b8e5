// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.hosts.Host;
import io.rookery.api.hosts.HostData;
import io.rookery.api.hosts.HostErrors;
import io.rookery.api.hosts.NewSshKey;
import io.rookery.api.hosts.NewSshKey.Entrance;
import io.rookery.api.hosts.SshKey;
import io.rookery.api.hosts.SshKey.Algorithm;
import io.rookery.api.hosts.SshKey.Role;
import io.rookery.events.NewEvent;
import io.rookery.hosts.internal.StoredSecrets;
import io.rookery.hosts.internal.TestHosts;
import io.rookery.hosts.internal.ssh.SshDoor;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.plugin.Secret;
import io.rookery.testkit.mail.DirectEgress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.config.keys.AuthorizedKeysAuthenticator;
import org.apache.sshd.server.shell.InvertedShellWrapper;
import org.apache.sshd.server.shell.ProcessShell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The first sign-in by a password, on an account that has no keys and no folder for them yet. */
@Timeout(180)
class FirstContactTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("hosts");

  private static final String PASSWORD = "pass-d41d8cd98f";

  @TempDir Path home;

  private final SshServer server = SshServer.setUpDefaultServer();
  private final TenantContext tenant = DATABASE.tenant();
  private final List<NewEvent> events = new ArrayList<>();
  private final StoredSecrets secrets = new StoredSecrets();
  private final SshDoor door = new SshDoor(new DirectEgress(), Duration.ofSeconds(20));
  private final SshKeyServiceImpl keys =
      new SshKeyServiceImpl(
          new KeyRecords(
              DATABASE.transactions(),
              (tx, appended) -> events.addAll(appended),
              Clock.systemUTC()),
          secrets,
          door,
          (tx, subject, incident) -> {});
  private Host host;

  @BeforeEach
  void start() throws Exception {
    KeyPair key = KeyUtils.generateKeyPair("ssh-rsa", 2048);
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(KeyPairProvider.wrap(key));
    server.setPasswordAuthenticator((user, password, session) -> password.equals(PASSWORD));
    server.setPublickeyAuthenticator(
        new AuthorizedKeysAuthenticator(home.resolve(".ssh/authorized_keys")));
    server.setCommandFactory(
        (channel, command) ->
            new InvertedShellWrapper(
                new ProcessShell("/usr/bin/env", "HOME=" + home, "/bin/sh", "-s")));
    server.start();
    String fingerprint = KeyUtils.getFingerPrint(BuiltinDigests.sha256, key.getPublic());
    host =
        TestHosts.service(DATABASE, secrets, events, door)
            .create(tenant, new HostData("mx1", "127.0.0.1", server.getPort(), fingerprint));
  }

  @AfterEach
  void stop() throws Exception {
    door.close();
    server.stop(true);
  }

  private static NewSshKey by(String password, Algorithm algorithm) {
    Entrance entrance = new Entrance(Secret.of(password), null, null);
    return new NewSshKey(Role.TENANT, "mail", algorithm, 365, entrance);
  }

  @Test
  void aPasswordShouldLetInOnceAndBeKeptNowhere() throws Exception {
    SshKey key = keys.install(tenant, host.id(), by(PASSWORD, Algorithm.RSA4096));
    assertThat(key.versions().get(0).publicKey()).startsWith("ssh-rsa ");
    assertThat(Files.readAllLines(home.resolve(".ssh/authorized_keys")))
        .containsExactly(key.versions().get(0).publicKey() + " rookery-" + host.id() + "-tenant");
    assertThat(secrets.list(tenant))
        .singleElement()
        .satisfies(it -> assertThat(it.path().value()).endsWith("ssh/" + host.id() + "/tenant"));
    assertThat(everything()).contains(key.id().toString()).doesNotContain(PASSWORD);
    assertThat(events.toString()).doesNotContain(PASSWORD);
    assertThat(by(PASSWORD, null).toString()).doesNotContain(PASSWORD);
  }

  @Test
  void aWrongPasswordShouldLeaveNothing() throws Exception {
    assertThatThrownBy(() -> keys.install(tenant, host.id(), by("wrong", null)))
        .isInstanceOfSatisfying(
            RookeryException.class, e -> assertThat(e.code()).isEqualTo(HostErrors.LOGIN_REFUSED));
    assertThat(home).isEmptyDirectory();
    assertThat(keys.list(tenant, host.id())).isEmpty();
  }

  /** Returns every row of every table, as text. */
  private static String everything() throws Exception {
    StringBuilder all = new StringBuilder();
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement();
        ResultSet tables =
            statement.executeQuery(
                "select table_schema || '.' || table_name from information_schema.tables"
                    + " where table_schema in ('tenant', 'platform')")) {
      List<String> names = new ArrayList<>();
      while (tables.next()) {
        names.add(tables.getString(1));
      }
      for (String name : names) {
        try (ResultSet rows = statement.executeQuery("select t::text from " + name + " t")) {
          while (rows.next()) {
            all.append(rows.getString(1)).append('\n');
          }
        }
      }
    }
    return all.toString();
  }
}
