// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.passwords;

import io.rookery.api.hosts.Host;
import io.rookery.api.hosts.HostData;
import io.rookery.api.hosts.HostService;
import io.rookery.api.hosts.MailPassword;
import io.rookery.api.hosts.MailPasswordService.NewMailPassword;
import io.rookery.api.hosts.NewSshKey;
import io.rookery.api.hosts.NewSshKey.Entrance;
import io.rookery.api.hosts.SshKey.Role;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.secrets.CredentialTopics;
import io.rookery.api.secrets.RotationService;
import io.rookery.api.secrets.SecretRotation;
import io.rookery.api.secrets.SecretService;
import io.rookery.api.sending.SendingLanes;
import io.rookery.events.NewEvent;
import io.rookery.hosts.internal.OpenSshServer;
import io.rookery.hosts.internal.StoredSecrets;
import io.rookery.hosts.internal.TestHosts;
import io.rookery.hosts.internal.keys.SshKeyServiceImpl;
import io.rookery.hosts.internal.ssh.SshDoor;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.mail.smtp.internal.SmtpBackend;
import io.rookery.mailboxes.internal.hold.MailboxHoldsImpl;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.secrets.internal.rotation.TestRotations;
import io.rookery.sending.internal.SendingLanesImpl;
import io.rookery.spi.plugin.EgressGuard;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import io.rookery.testkit.mail.DirectEgress;
import io.rookery.testkit.mail.ScriptedSmtpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** A password on a real Dovecot beside a real SSH server, a real database, and a clock. */
final class PasswordWorld implements AutoCloseable {

  static final Secret FIRST = Secret.of("chosen by its owner");

  final StoredSecrets secrets = new StoredSecrets();
  final List<NewEvent> events = new ArrayList<>();
  final TenantContext tenant;
  final DovecotPasswords dovecot;
  final KeptMailbox mailbox;
  final OpenSshServer server;
  final Host host;
  private final SshDoor door = door(new DirectEgress());
  private final TestDatabase database;
  private final ScriptedSmtpServer relay = new ScriptedSmtpServer();
  private final SmtpBackend backend = new SmtpBackend(new DirectEgress());
  private final SendingLanes lanes;
  private final AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return Instant.now().plus(passed.get());
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  PasswordWorld(TestDatabase database, Path folder) throws Exception {
    this(database, folder, database.tenant(), Uuids.next());
  }

  PasswordWorld(TestDatabase database, Path folder, TenantContext tenant, UUID mailboxId)
      throws Exception {
    this.database = database;
    this.tenant = tenant;
    lanes = new SendingLanesImpl(database.anotherNode());
    try (Connection owner = database.owner();
        Statement truncate = owner.createStatement()) {
      truncate.execute("truncate tenant.rotation, tenant.rotating_secret");
    }
    Path ssh = Files.createDirectory(folder.resolve("ssh"));
    server = OpenSshServer.start(ssh);
    dovecot = new DovecotPasswords(Files.createDirectory(folder.resolve("mail")), relay.port());
    mailbox = new KeptMailbox(mailboxId, backend, secrets, dovecot.port());
    host = host();
    secrets.write(
        tenant, "smtp/" + mailbox.id, new SecretData(Map.of("password", FIRST)), "mailbox.set");
    dovecot.write(
        dovecot.users(),
        """
        other@rookery.example:{PLAIN}something::::::
        %s:{PLAIN}%s::::::userdb_quota_rule=*:bytes=1G
        """
            .formatted(KeptMailbox.USER, FIRST.reveal()));
  }

  private Host host() throws Exception {
    Path owners = server.makeKey("owners", "ed25519");
    server.admit(owners);
    Host made =
        hosts()
            .create(
                tenant,
                new HostData(
                    "mail", "127.0.0.1", server.port(), server.fingerprint("host_ed25519")));
    Secret key = Secret.of(Files.readString(owners));
    keys(database.transactions(), secrets, door)
        .install(
            tenant,
            made.id(),
            new NewSshKey(
                Role.ADMIN, OpenSshServer.user(), null, null, new Entrance(null, key, null)));
    return made;
  }

  HostService hosts() {
    return TestHosts.service(database, secrets, events, door);
  }

  static SshDoor door(EgressGuard guard) {
    return new SshDoor(guard, Duration.ofSeconds(20));
  }

  private SshKeyServiceImpl keys(Transactions transactions, SecretService some, SshDoor other) {
    return new SshKeyServiceImpl(
        transactions,
        some,
        (tx, appended) -> events.addAll(appended),
        other,
        (tx, subject, incident) -> {});
  }

  /** Returns the engine as a node has it that has just started. */
  RotationService engine() {
    return engine(database.transactions(), secrets, mailbox.service(), door);
  }

  RotationService engine(
      Transactions transactions, SecretService some, MailboxService mailboxes, SshDoor other) {
    MailPasswordRotator rotator =
        new MailPasswordRotator(
            transactions,
            some,
            mailboxes,
            keys(transactions, some, other),
            other,
            database.epochs(),
            new MailboxHoldsImpl(transactions, database.epochs(), clock),
            lanes);
    return TestRotations.engine(
        transactions, (tx, appended) -> events.addAll(appended), clock, rotator);
  }

  SmtpBackend backend() {
    return backend;
  }

  /** Returns how many mails came out behind Dovecot. */
  int relayed() {
    return relay.received().size();
  }

  Transactions transactions() {
    return database.transactions();
  }

  MailPasswordServiceImpl passwords() {
    return new MailPasswordServiceImpl(
        database.transactions(),
        mailbox.service(),
        engine(),
        (tx, appended) -> events.addAll(appended));
  }

  NewMailPassword wanted() {
    return new NewMailPassword(
        mailbox.id,
        KeptMailbox.USER,
        dovecot.users().toString(),
        dovecot.graceUsers().toString(),
        null);
  }

  MailPassword registered() {
    return passwords().register(tenant, host.id(), wanted());
  }

  /** Has the password swapped from now on, as Dovecot is held to look into one file. */
  MailPassword registeredAlone(Path file) {
    NewMailPassword wanted =
        new NewMailPassword(mailbox.id, KeptMailbox.USER, file.toString(), null, null);
    return passwords().register(tenant, host.id(), wanted);
  }

  /** Returns whether the mailbox's mail waits. */
  boolean held() {
    return transactions()
        .call(
            tenant,
            tx -> {
              String sql =
                  "select held_until > ? from tenant.mailboxes_held_v1 where mailbox_id = ?";
              try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
                select.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
                select.setObject(2, mailbox.id);
                try (ResultSet row = select.executeQuery()) {
                  return row.next() && row.getBoolean(1);
                }
              }
            });
  }

  SecretRotation rotated(MailPassword password) {
    return engine().start(tenant, password.secretId(), new RotationService.Order(null, null));
  }

  void pass(Duration time) {
    passed.updateAndGet(time::plus);
  }

  void upkeep() throws InterruptedException {
    TestRotations.upkeep(engine());
  }

  /** Returns the number by which the line knows that the mailbox's connections are old. */
  long epoch() {
    return database.epochs().current(tenant.tenantId(), CredentialTopics.mailbox(mailbox.id));
  }

  /** Returns the password that the platform would send by now. */
  Secret inUse() {
    return secrets.read(tenant, "smtp/" + mailbox.id, "test").fields().get("password");
  }

  @Override
  public void close() throws Exception {
    door.close();
    backend.close();
    dovecot.close();
    relay.close();
    server.close();
  }
}
