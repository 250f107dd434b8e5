// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.passwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rookery.api.hosts.MailPassword;
import io.rookery.api.hosts.MailPasswordService.NewMailPassword;
import io.rookery.api.secrets.RotationService.Order;
import io.rookery.api.secrets.SecretRotation;
import io.rookery.api.secrets.SecretRotation.State;
import io.rookery.events.NewEvent;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.RookeryException;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A mailbox's password is replaced in Dovecot's own files. */
@Tag("peer")
@Timeout(180)
class MailPasswordRotatorTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("secrets", "hosts", "mailboxes");

  @TempDir Path folder;

  private PasswordWorld world;

  @BeforeEach
  void start() throws Exception {
    world = new PasswordWorld(DATABASE, folder);
  }

  @AfterEach
  void stop() throws Exception {
    if (world != null) { // Where a server is missing, nothing was started.
      world.close();
    }
  }

  private static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatExceptionOfType(RookeryException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void bothPasswordsShouldWorkForADayAndThenTheNewOneAlone() throws Exception {
    MailPassword password = world.registered();

    SecretRotation rotation = world.rotated(password);

    assertThat(rotation.problem()).isNull();
    assertThat(rotation.state()).as(world.dovecot.log()).isEqualTo(State.GRACE);
    Secret made = world.inUse();
    assertThat(made).isNotEqualTo(PasswordWorld.FIRST);
    assertThat(world.mailbox.takes(made)).isTrue();
    assertThat(world.mailbox.takes(PasswordWorld.FIRST)).isTrue();
    assertThat(world.epoch()).isEqualTo(1);

    world.pass(Duration.ofHours(25));
    world.upkeep();

    assertThat(world.engine().get(world.tenant, rotation.id()).state()).isEqualTo(State.DONE);
    assertThat(world.mailbox.takes(made)).isTrue();
    assertThat(world.mailbox.takes(PasswordWorld.FIRST)).isFalse();
    assertThat(Files.readString(world.dovecot.graceUsers())).isEmpty();
    List<String> lines = Files.readAllLines(world.dovecot.users());
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).isEqualTo("other@rookery.example:{PLAIN}something::::::");
    assertThat(lines.get(1))
        .startsWith(KeptMailbox.USER + ":{SSHA512}")
        .endsWith("::::::userdb_quota_rule=*:bytes=1G");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(world.dovecot.users())))
        .isEqualTo("rw-r--r--");
    assertFails(
        CommonErrors.NOT_FOUND,
        () -> world.secrets.readVersion(world.tenant, "smtp/" + world.mailbox.id, 1, "test"));
    assertThat(world.secrets.list(world.tenant))
        .noneMatch(it -> it.path().value().contains("pending"));
    assertThat(world.events).map(NewEvent::toString).noneMatch(it -> it.contains(made.reveal()));
  }

  @Test
  void aCompromisedPasswordShouldBeRefusedAtOnce() throws Exception {
    MailPassword password = world.registered();

    SecretRotation rotation =
        world.engine().start(world.tenant, password.secretId(), new Order(null, "INC-1"));

    assertThat(rotation.state()).isEqualTo(State.DONE);
    assertThat(world.mailbox.takes(PasswordWorld.FIRST)).isFalse();
    assertThat(world.mailbox.takes(world.inUse())).isTrue();
  }

  @Test
  void whereDovecotReadsNoSecondFileTheOldPasswordShouldGoOn() throws Exception {
    Path unread = Files.writeString(world.dovecot.users().resolveSibling("unread"), "");
    NewMailPassword wanted = world.wanted();
    MailPassword password =
        world
            .passwords()
            .register(
                world.tenant,
                world.host.id(),
                new NewMailPassword(
                    wanted.mailboxId(), wanted.user(), wanted.file(), unread.toString(), null));

    SecretRotation rotation = world.rotated(password);

    assertThat(rotation.state()).isEqualTo(State.TAKEN_BACK);
    assertThat(rotation.problem()).contains("unread");
    assertThat(Files.readString(unread)).isEmpty();
    assertThat(world.inUse()).isEqualTo(PasswordWorld.FIRST);
    assertThat(world.mailbox.takes(PasswordWorld.FIRST)).isTrue();
    assertThat(world.secrets.list(world.tenant))
        .noneMatch(it -> it.path().value().contains("pending"));
  }

  @Test
  void aFileWithoutTheUserShouldStayAsItIs() throws Exception {
    MailPassword password = world.registered();
    String others = "other@rookery.example:{PLAIN}something::::::\n";
    world.dovecot.write(world.dovecot.users(), others);

    SecretRotation rotation = world.rotated(password);

    assertThat(rotation.state()).isEqualTo(State.TAKING_BACK);
    assertThat(rotation.problem()).contains(KeptMailbox.USER);
    assertThat(Files.readString(world.dovecot.users())).isEqualTo(others);
  }

  @Test
  void aLinkShouldNotBeFollowed() throws Exception {
    MailPassword password = world.registered();
    Path real = world.dovecot.graceUsers().resolveSibling("real");
    Files.move(world.dovecot.graceUsers(), real);
    Files.createSymbolicLink(world.dovecot.graceUsers(), real);

    SecretRotation rotation = world.rotated(password);

    assertThat(rotation.problem()).contains("link");
    assertThat(Files.readString(real)).isEmpty();
  }

  @Test
  void aHostThatIsAwayShouldHaveTheRotationTakenBackOnceItIsThereAgain() throws Exception {
    MailPassword password = world.registered();
    world.server.stop();
    SecretRotation rotation = world.rotated(password);
    assertThat(rotation.state()).isEqualTo(State.TAKING_BACK);
    assertThat(world.mailbox.takes(PasswordWorld.FIRST)).isTrue();

    world.server.begin();
    world.pass(Duration.ofMinutes(6));
    world.upkeep();
    assertThat(world.engine().get(world.tenant, rotation.id()).state()).isEqualTo(State.TAKEN_BACK);
  }

  @Test
  void aSealedStoreShouldDecideNothing() throws Exception {
    MailPassword password = world.registered();
    world.secrets.sealed = true;
    SecretRotation rotation = world.rotated(password);
    assertThat(rotation.state()).isEqualTo(State.PREPARING);

    world.secrets.sealed = false;
    world.pass(Duration.ofSeconds(31));
    world.upkeep();
    assertThat(world.engine().get(world.tenant, rotation.id()).state()).isEqualTo(State.GRACE);
  }

  @Test
  void aPasswordThatItsOwnerChangedMeanwhileShouldStay() throws Exception {
    MailPassword password = world.registered();
    SecretRotation rotation = world.rotated(password);
    Secret owners = Secret.of("chosen anew");
    world.secrets.write(
        world.tenant,
        "smtp/" + world.mailbox.id,
        new SecretData(Map.of("password", owners)),
        "mailbox.set");

    world.pass(Duration.ofHours(25));
    world.upkeep();

    assertThat(world.engine().get(world.tenant, rotation.id()).state()).isEqualTo(State.DONE);
    assertThat(world.mailbox.takes(owners)).isTrue();
  }

  @Test
  void aMailboxWithoutAPasswordShouldBeToldSo() {
    MailPassword password = world.registered();
    world.secrets.purge(world.tenant, "smtp/" + world.mailbox.id, "test");

    SecretRotation rotation = world.rotated(password);

    assertThat(rotation.state()).isEqualTo(State.TAKEN_BACK);
    assertThat(rotation.problem()).contains("no password");
    assertThat(world.engine().secret(world.tenant, password.secretId()).days()).isEqualTo(180);
  }

  @Test
  void aMailboxThatIsGoneShouldBeRotatedNoMore() throws Exception {
    MailPassword password = world.registered();
    world.mailbox.removed = true;

    assertThat(world.rotated(password).state()).isEqualTo(State.TAKEN_BACK);

    assertFails(
        CommonErrors.NOT_FOUND, () -> world.engine().secret(world.tenant, password.secretId()));
  }

  @Test
  void whatIsNoPlaceOfAPasswordShouldBeRefused() {
    NewMailPassword good = world.wanted();
    for (NewMailPassword wrong :
        List.of(
            new NewMailPassword(null, good.user(), good.file(), good.graceFile(), null),
            new NewMailPassword(
                good.mailboxId(), "a'; rm -rf /", good.file(), good.graceFile(), null),
            new NewMailPassword(good.mailboxId(), good.user(), "users", good.graceFile(), null),
            new NewMailPassword(good.mailboxId(), good.user(), good.file(), good.file(), null),
            new NewMailPassword(good.mailboxId(), good.user(), good.file(), "/etc/x", null),
            new NewMailPassword(
                good.mailboxId(), good.user(), "/a/../b/users", "/a/../b/grace", null),
            new NewMailPassword(
                good.mailboxId(), good.user(), good.file(), good.graceFile(), 366))) {
      assertFails(
          CommonErrors.VALIDATION_FAILED,
          () -> world.passwords().register(world.tenant, world.host.id(), wrong));
    }
    assertFails(
        CommonErrors.NOT_FOUND,
        () -> world.passwords().register(DATABASE.tenant(), world.host.id(), good));
  }

  @Test
  void aHostShouldStayWhilePasswordsAreReplacedOnIt() throws Exception {
    MailPassword password = world.registered();
    assertFails(CommonErrors.CONFLICT, world::registered);
    var hosts = world.hosts();
    assertFails(CommonErrors.WRONG_STATE, () -> hosts.delete(world.tenant, world.host.id()));
    world.passwords().remove(world.tenant, world.host.id(), password.id());
    hosts.delete(world.tenant, world.host.id());
    assertFails(
        CommonErrors.NOT_FOUND, () -> world.engine().secret(world.tenant, password.secretId()));
  }
}
