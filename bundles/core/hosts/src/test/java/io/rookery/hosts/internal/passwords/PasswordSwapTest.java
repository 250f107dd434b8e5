// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.passwords;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.api.hosts.MailPassword;
import io.rookery.api.secrets.SecretRotation;
import io.rookery.api.secrets.SecretRotation.State;
import io.rookery.persistence.Leases;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A mailbox's password is swapped in the one file that Dovecot looks into. */
@Tag("peer")
@Timeout(180)
class PasswordSwapTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("secrets", "hosts", "mailboxes");

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration DRAINED = Duration.ofSeconds(6);

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

  private SecretRotation begun(Path file) {
    MailPassword password = world.registeredAlone(file);
    SecretRotation rotation = world.rotated(password);
    assertThat(rotation.state()).isEqualTo(State.PUTTING);
    assertThat(rotation.overlap()).isFalse();
    assertThat(rotation.problem()).contains("held");
    assertThat(world.held()).isTrue();
    return rotation;
  }

  private SecretRotation now(SecretRotation rotation) {
    return world.engine().get(world.tenant, rotation.id());
  }

  private void assertThatTheFirstWorks() throws Exception {
    assertThat(world.held()).isFalse();
    assertThat(world.inUse()).isEqualTo(PasswordWorld.FIRST);
    assertThat(world.mailbox.takes(PasswordWorld.FIRST)).isTrue();
    assertThat(world.secrets.list(world.tenant))
        .noneMatch(it -> it.path().value().contains("pending"));
  }

  @Test
  void mailShouldWaitFromBeforeTheOldPasswordEndsUntilTheNewOneIsInUse() throws Exception {
    SecretRotation rotation = begun(world.dovecot.users());
    assertThat(world.epoch()).isEqualTo(1);
    assertThat(world.mailbox.takes(PasswordWorld.FIRST)).isTrue();

    world.pass(Duration.ofSeconds(3));
    world.upkeep();
    assertThat(now(rotation).state()).isEqualTo(State.PUTTING);
    assertThat(world.mailbox.takes(PasswordWorld.FIRST)).isTrue();

    world.pass(DRAINED);
    world.upkeep();
    assertThat(now(rotation).problem()).isNull();
    assertThat(now(rotation).state()).as(world.dovecot.log()).isEqualTo(State.DONE);
    assertThat(now(rotation).grace()).isZero();
    assertThat(world.held()).isFalse();
    assertThat(world.epoch()).isEqualTo(2);
    assertThat(world.inUse()).isNotEqualTo(PasswordWorld.FIRST);
    assertThat(world.mailbox.takes(world.inUse())).isTrue();
    assertThat(world.mailbox.takes(PasswordWorld.FIRST)).isFalse();
    assertThat(Files.readString(world.dovecot.graceUsers())).isEmpty();
    assertThat(Files.readAllLines(world.dovecot.users()).get(1))
        .startsWith(KeptMailbox.USER + ":{SSHA512}")
        .endsWith("::::::userdb_quota_rule=*:bytes=1G");
  }

  @Test
  void whatANodeHasInFlightShouldEndFirst() throws Exception {
    SecretRotation rotation = begun(world.dovecot.users());
    String lane = "lane/" + world.tenant.tenantId() + "/" + world.mailbox.id;
    Leases.Lease turn = DATABASE.leases().acquire(lane).orElseThrow();

    world.pass(DRAINED);
    world.upkeep();
    assertThat(now(rotation).state()).isEqualTo(State.PUTTING);
    assertThat(world.mailbox.takes(PasswordWorld.FIRST)).isTrue();

    turn.close();
    world.pass(DRAINED);
    world.upkeep();
    assertThat(now(rotation).state()).isEqualTo(State.DONE);
    assertThat(world.held()).isFalse();
  }

  @Test
  void aFileThatDovecotDoesNotReadShouldBeAsItWasAndMailGoOn() throws Exception {
    Path unread = world.dovecot.users().resolveSibling("unread");
    world.dovecot.write(unread, KeptMailbox.USER + ":{PLAIN}x\n");
    SecretRotation rotation = begun(unread);

    world.pass(DRAINED);
    world.upkeep();

    assertThat(now(rotation).state()).isEqualTo(State.TAKEN_BACK);
    assertThat(now(rotation).problem()).contains("unread");
    assertThatTheFirstWorks();
    // Should Dovecot look there one day, it finds what the platform sends.
    Files.copy(unread, world.dovecot.graceUsers(), REPLACE_EXISTING);
    world.dovecot.write(world.dovecot.users(), "");
    await().atMost(SOON).until(() -> world.mailbox.takes(PasswordWorld.FIRST));
  }

  @Test
  void aHostThatIsAwayShouldKeepNoMailWaiting() throws Exception {
    SecretRotation rotation = begun(world.dovecot.users());
    world.server.stop();
    world.pass(DRAINED);
    world.upkeep();
    assertThat(now(rotation).state()).isEqualTo(State.TAKING_BACK);
    assertThat(world.held()).isFalse();

    world.server.begin();
    world.pass(Duration.ofMinutes(6));
    world.upkeep();
    assertThat(now(rotation).state()).isEqualTo(State.TAKEN_BACK);
    assertThatTheFirstWorks();
  }

  @Test
  void aRotationThatIsCalledOffShouldKeepNoMailWaiting() throws Exception {
    SecretRotation rotation = begun(world.dovecot.users());
    world.engine().takeBack(world.tenant, rotation.id());
    world.upkeep();
    assertThat(now(rotation).state()).isEqualTo(State.TAKEN_BACK);
    assertThatTheFirstWorks();
  }

  @Test
  void aPasswordThatItsOwnerChangedMeanwhileShouldWork() throws Exception {
    SecretRotation rotation = begun(world.dovecot.users());
    Secret owners = Secret.of("chosen anew");
    world.secrets.write(
        world.tenant,
        "smtp/" + world.mailbox.id,
        new SecretData(Map.of("password", owners)),
        "mailbox.set");

    world.pass(DRAINED);
    world.upkeep();

    assertThat(now(rotation).state()).isEqualTo(State.TAKEN_BACK);
    assertThat(world.held()).isFalse();
    assertThat(world.inUse()).isEqualTo(owners);
    assertThat(world.mailbox.takes(owners)).isTrue();
  }

  @Test
  void aHoldThatNobodyGoesOnWithShouldEndByItself() throws Exception {
    begun(world.dovecot.users());
    world.pass(Duration.ofMinutes(9));
    assertThat(world.held()).isTrue();
    world.pass(Duration.ofMinutes(2));
    assertThat(world.held()).isFalse();
    world.upkeep();
    assertThat(world.held()).isTrue();
    assertThat(world.mailbox.takes(PasswordWorld.FIRST)).isTrue();
    assertThat(world.epoch()).isEqualTo(2);
  }
}
