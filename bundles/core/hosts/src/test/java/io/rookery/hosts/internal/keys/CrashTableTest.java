// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.hosts.Rotation;
import io.rookery.api.hosts.SshKey;
import io.rookery.api.hosts.SshKey.State;
import io.rookery.api.hosts.SshKey.Version;
import io.rookery.api.hosts.SshKey.VersionState;
import io.rookery.api.secrets.SecretService;
import io.rookery.hosts.internal.ssh.SshDoor;
import io.rookery.hosts.internal.ssh.SshLogin;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.plugin.EgressGuard;
import io.rookery.testkit.mail.DirectEgress;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process ends before and after everything that leaves it: each transaction, each use of the
 * secret store, each connection to the host. What is left then must be one whole state, from which
 * another process goes on.
 */
@Tag("peer")
@Timeout(580)
class CrashTableTest {

  /** Each point takes a second of signing in: {@code -Drookery.crash.step=1} for all of them. */
  private static final int STEP = Integer.getInteger("rookery.crash.step", 3);

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

  /** The end of a process: nothing may handle it. */
  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** A service whose process ends at the n-th point. */
  private final class Doomed implements AutoCloseable {

    private int left;
    private final SshDoor door = KeyWorld.door(wrap(EgressGuard.class, new DirectEgress()));
    private final SshKeyServiceImpl service =
        world.service(
            wrap(Transactions.class, world.transactions()),
            wrap(SecretService.class, world.secrets),
            door);

    Doomed(int point) {
      left = point;
    }

    private <T> T wrap(Class<T> type, T real) {
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

    /** Returns whether the process ended before it was done. */
    boolean dies(Consumer<SshKeyServiceImpl> work) {
      try {
        work.accept(service);
        return false;
      } catch (Crash e) {
        return true;
      }
    }

    @Override
    public void close() {
      door.close();
    }
  }

  private boolean dies(int point, Consumer<SshKeyServiceImpl> work) {
    try (Doomed doomed = new Doomed(point)) {
      return doomed.dies(work);
    }
  }

  /** The pair that the platform would sign in by must be let in, always. */
  private void theCurrentPairWorks(SshKey key, int point) {
    SshKey now = world.key(key);
    Version current =
        now.versions().stream()
            .filter(it -> it.state() == VersionState.CURRENT)
            .findFirst()
            .orElseThrow();
    assertThat(world.takes(world.login(now, current.number()))).as("point %d", point).isTrue();
  }

  @Test
  void aRotationShouldGoOnFromWhereverItsProcessEnded() throws Exception {
    SshKey key = world.installed();
    boolean died = true;
    int points = 0;
    for (int point = 0; died; point += STEP) {
      int before = world.key(key).versions().size();
      died =
          dies(
              point,
              service ->
                  service.rotate(
                      world.tenant, world.host.id(), key.id(), new Rotation(null, null)));
      theCurrentPairWorks(key, point);
      world.pass(Duration.ofMinutes(4));
      world.upkeep();
      theCurrentPairWorks(key, point);
      SshKey after = world.key(key);
      assertThat(after.state()).as("point %d", point).isEqualTo(State.ACTIVE);
      // Before it was begun there is nothing to go on with.
      boolean begun = after.versions().size() > before;
      assertThat(after.versions()).as("point %d", point).hasSize(begun ? before + 1 : before);
      assertThat(begun || point < 1).as("point %d", point).isTrue();
      points = point;
    }
    assertThat(points).isGreaterThan(20);
  }

  @Test
  void aRetirementShouldBeRepeatableFromWhereverItsProcessEnded() throws Exception {
    SshKey key = world.installed();
    boolean died = true;
    for (int point = 0; died; point += STEP) {
      Rotation rotation = new Rotation(Duration.ofHours(1), null);
      SshKey rotated = world.service().rotate(world.tenant, world.host.id(), key.id(), rotation);
      SshLogin old = world.login(rotated, rotated.versions().get(1).number());
      world.pass(Duration.ofMinutes(61));
      died = dies(point, service -> service.attention().attend(world.tenant, key.id()));
      theCurrentPairWorks(key, point);
      world.pass(Duration.ofMinutes(4));
      world.upkeep();
      theCurrentPairWorks(key, point);
      assertThat(world.takes(old)).as("point %d", point).isFalse();
      assertThat(world.ours()).as("point %d", point).hasSize(1);
    }
  }

  @Test
  void aRevocationShouldGoOnFromWhereverItsProcessEnded() throws Exception {
    boolean died = true;
    for (int point = 0; died; point += STEP) {
      SshKey key = world.installed();
      SshLogin login = world.login(key, 1);
      died = dies(point, service -> service.revoke(world.tenant, world.host.id(), key.id(), null));
      world.pass(Duration.ofMinutes(4));
      world.upkeep();
      boolean begun = point >= 1;
      assertThat(world.takes(login)).as("point %d", point).isEqualTo(!begun);
      if (!begun) {
        world.service().revoke(world.tenant, world.host.id(), key.id(), null);
      }
      assertThat(world.key(key).state()).as("point %d", point).isEqualTo(State.REVOKED);
      assertThat(world.secrets.list(world.tenant)).as("point %d", point).isEmpty();
    }
  }

  @Test
  void anInstallationShouldEndOrLeaveNothingWhereverItsProcessEnded() throws Exception {
    boolean died = true;
    List<Integer> ended = new ArrayList<>();
    for (int point = 0; died; point += STEP) {
      var wanted = world.wanted();
      died = dies(point, service -> service.install(world.tenant, world.host.id(), wanted));
      world.pass(Duration.ofMinutes(4));
      world.upkeep();
      List<SshKey> left = world.service().list(world.tenant, world.host.id());
      if (left.isEmpty()) {
        assertThat(world.secrets.list(world.tenant)).as("point %d", point).isEmpty();
      } else {
        ended.add(point);
        SshKey key = left.get(0);
        assertThat(key.state()).as("point %d", point).isEqualTo(State.ACTIVE);
        theCurrentPairWorks(key, point);
        world.service().revoke(world.tenant, world.host.id(), key.id(), null);
        assertThat(world.key(key).state()).isEqualTo(State.REVOKED);
        DATABASE
            .transactions()
            .call(
                world.tenant,
                tx -> {
                  new KeyStore().delete(tx, key.id());
                  return null;
                });
      }
    }
    assertThat(ended).hasSizeGreaterThan(3 / STEP);
  }
}
