// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.passwords;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.hosts.MailPassword;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.secrets.RotationService;
import io.rookery.api.secrets.RotationService.Order;
import io.rookery.api.secrets.SecretRotation;
import io.rookery.api.secrets.SecretRotation.State;
import io.rookery.api.secrets.SecretService;
import io.rookery.hosts.internal.ssh.SshDoor;
import io.rookery.kernel.PageRequest;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.secrets.internal.rotation.TestRotations;
import io.rookery.spi.plugin.EgressGuard;
import io.rookery.spi.plugin.Secret;
import io.rookery.testkit.mail.DirectEgress;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process ends before and after everything that leaves it: each transaction, each use of the
 * secret store, of the mailbox, and each connection to the host. Dovecot must take what the
 * platform would send by then, and another process goes on.
 */
@Tag("peer")
@Timeout(580)
class PasswordCrashTableTest {

  /** Each point takes seconds of waiting for Dovecot: {@code -Drookery.crash.step=1} for all. */
  private static final int STEP = Integer.getInteger("rookery.crash.step", 7);

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("secrets", "hosts", "mailboxes");

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

  /** The end of a process: nothing may handle it. */
  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Counts what leaves a process, which ends at the n-th point. */
  private static final class Doom {

    private int left;

    Doom(int point) {
      left = point;
    }

    <T> T wrap(Class<T> type, T real) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> {
                point();
                try {
                  return method.invoke(real, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                } finally {
                  point();
                }
              }));
    }

    private void point() {
      if (left-- == 0) {
        throw new Crash();
      }
    }
  }

  private boolean dies(int point, MailPassword password) throws InterruptedException {
    Doom doom = new Doom(point);
    SshDoor door = PasswordWorld.door(doom.wrap(EgressGuard.class, new DirectEgress()));
    try {
      RotationService engine =
          world.engine(
              doom.wrap(Transactions.class, world.transactions()),
              doom.wrap(SecretService.class, world.secrets),
              doom.wrap(MailboxService.class, world.mailbox.service()),
              door);
      engine.start(world.tenant, password.secretId(), new Order(Duration.ZERO, null));
      if (password.graceFile() == null) {
        world.pass(DRAINED);
        TestRotations.upkeep(engine);
      }
      return false;
    } catch (Crash e) {
      return true;
    } finally {
      door.close();
    }
  }

  @Test
  void aPasswordShouldWorkWhereverTheProcessEnded() throws Exception {
    MailPassword password = world.registered();
    boolean died = true;
    int points = 0;
    int done = 0;
    for (int point = 0; died; point += STEP) {
      Secret before = world.inUse();
      died = dies(point, password);
      assertThat(world.mailbox.takes(world.inUse())).as("point %d", point).isTrue();
      world.pass(Duration.ofMinutes(4));
      world.upkeep();
      Secret after = world.inUse();
      assertThat(world.mailbox.takes(after)).as("point %d", point).isTrue();
      int over = world.engine().list(world.tenant, new PageRequest(500, null)).items().size();
      if (over > done) {
        assertThat(world.engine().list(world.tenant, PageRequest.FIRST).items())
            .as("point %d", point)
            .extracting(SecretRotation::state)
            .containsOnly(State.DONE);
        assertThat(after).as("point %d", point).isNotEqualTo(before);
        assertThat(world.mailbox.takes(before)).as("point %d", point).isFalse();
      } else { // Before it was begun there is nothing to go on with.
        assertThat(after).isEqualTo(before);
        assertThat(point).isLessThan(8);
      }
      done = over;
      points = point;
    }
    assertThat(points).isGreaterThan(40);
    assertThat(world.secrets.list(world.tenant))
        .noneMatch(it -> it.path().value().contains("pending"));
  }

  /** What the server would refuse is never sent: while one takes the other's place mail waits. */
  @Test
  void mailShouldWaitOrGoOutWhereverTheProcessEndedWhilePasswordsWereSwapped() throws Exception {
    MailPassword password = world.registeredAlone(world.dovecot.users());
    boolean died = true;
    boolean waited = false;
    int points = 0;
    for (int point = 0; died; point += STEP == 1 ? 1 : STEP + 4) {
      Secret before = world.inUse();
      died = dies(point, password);
      boolean works = world.mailbox.takes(world.inUse());
      waited |= !works;
      assertThat(works || world.held()).as("point %d", point).isTrue();
      // Another process takes over, has the nodes drained if they were not, and goes on.
      world.pass(Duration.ofMinutes(4));
      world.upkeep();
      world.pass(DRAINED);
      world.upkeep();
      assertThat(world.held()).as("point %d", point).isFalse();
      assertThat(world.mailbox.takes(world.inUse())).as("point %d", point).isTrue();
      assertThat(world.engine().list(world.tenant, new PageRequest(500, null)).items())
          .as("point %d", point)
          .allMatch(it -> it.state() == State.DONE);
      if (!world.inUse().equals(before)) {
        assertThat(world.mailbox.takes(before)).as("point %d", point).isFalse();
      } else { // Before it was begun there is nothing to go on with.
        assertThat(point).isLessThan(8);
      }
      points = point;
    }
    assertThat(points).isGreaterThan(50);
    assertThat(waited).isTrue();
    assertThat(world.secrets.list(world.tenant))
        .noneMatch(it -> it.path().value().contains("pending"));
  }
}
