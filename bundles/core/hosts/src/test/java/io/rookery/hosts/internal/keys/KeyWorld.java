// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.keys;

import io.rookery.api.hosts.Host;
import io.rookery.api.hosts.HostData;
import io.rookery.api.hosts.HostErrors;
import io.rookery.api.hosts.NewSshKey;
import io.rookery.api.hosts.NewSshKey.Entrance;
import io.rookery.api.hosts.SshKey;
import io.rookery.api.hosts.SshKey.Role;
import io.rookery.api.hosts.SshKey.Version;
import io.rookery.api.secrets.SecretService;
import io.rookery.events.NewEvent;
import io.rookery.hosts.internal.OpenSshServer;
import io.rookery.hosts.internal.StoredSecrets;
import io.rookery.hosts.internal.TestHosts;
import io.rookery.hosts.internal.ssh.SshDoor;
import io.rookery.hosts.internal.ssh.SshLine;
import io.rookery.hosts.internal.ssh.SshLogin;
import io.rookery.hosts.internal.ssh.SshTarget;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.plugin.EgressGuard;
import io.rookery.spi.plugin.Secret;
import io.rookery.testkit.mail.DirectEgress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Keys on a real database, a real SSH server, and a clock that a test moves. */
final class KeyWorld implements AutoCloseable {

  final StoredSecrets secrets = new StoredSecrets();
  final List<String> alerted = new ArrayList<>();
  final List<NewEvent> events = new ArrayList<>();
  final TenantContext tenant;
  final OpenSshServer server;
  final SshDoor door = new SshDoor(new DirectEgress(), Duration.ofSeconds(20));
  final Host host;
  private final TestDatabase database;
  private final Path owners;
  private Instant now = Instant.now();

  KeyWorld(TestDatabase database, Path folder) throws Exception {
    this.database = database;
    tenant = database.tenant();
    server = OpenSshServer.start(folder);
    owners = server.makeKey("owners", "ed25519");
    server.admit(owners);
    host =
        TestHosts.service(database, secrets, events, door)
            .create(
                tenant,
                new HostData(
                    "mx1", "127.0.0.1", server.port(), server.fingerprint("host_ed25519")));
  }

  /** Returns the service as a node has it that has just started. */
  SshKeyServiceImpl service() {
    return service(database.transactions(), secrets, door);
  }

  SshKeyServiceImpl service(Transactions transactions, SecretService some, SshDoor other) {
    KeyRecords records =
        new KeyRecords(transactions, (tx, appended) -> events.addAll(appended), clock());
    return new SshKeyServiceImpl(
        records, some, other, (tx, subject, incident) -> alerted.add(incident));
  }

  Transactions transactions() {
    return database.transactions();
  }

  static SshDoor door(EgressGuard guard) {
    return new SshDoor(guard, Duration.ofSeconds(20));
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** Does all upkeep that is due. */
  void upkeep() throws InterruptedException {
    new KeyUpkeep(service()).run();
  }

  /** What is asked for to have a key, and the owner's own key to get in by. */
  NewSshKey wanted() throws Exception {
    Secret key = Secret.of(Files.readString(owners));
    return new NewSshKey(
        Role.ADMIN, OpenSshServer.user(), null, null, new Entrance(null, key, null));
  }

  SshKey installed() throws Exception {
    return service().install(tenant, host.id(), wanted());
  }

  SshKey key(SshKey key) {
    return service().get(tenant, host.id(), key.id());
  }

  /** Returns how a pair signs in, as whoever has its private half could. */
  SshLogin login(SshKey key, int number) {
    KeyRow row = new KeyRow(key, null, Duration.ZERO, false);
    Version version =
        key.versions().stream().filter(it -> it.number() == number).findFirst().orElseThrow();
    return new KeySecrets(secrets).login(tenant, row, version);
  }

  /** Returns whether the host lets somebody in. */
  boolean takes(SshLogin login) {
    try (SshLine line = door.signIn(SshTarget.of(host), login)) {
      return line.run("exit 0").status() == 0;
    } catch (RookeryException e) {
      if (Set.of(HostErrors.LOGIN_REFUSED).contains(e.code())) {
        return false;
      }
      throw e;
    }
  }

  /** Returns the lines of the file of keys that are ours. */
  List<String> ours() throws Exception {
    return Files.readAllLines(server.authorizedKeys()).stream()
        .filter(line -> line.endsWith(" rookery-" + host.id() + "-admin"))
        .toList();
  }

  List<String> eventTypes() {
    return events.stream().map(NewEvent::type).toList();
  }

  @Override
  public void close() throws Exception {
    door.close();
    server.close();
  }
}
