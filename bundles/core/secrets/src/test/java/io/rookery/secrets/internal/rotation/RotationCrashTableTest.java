// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rookery.api.secrets.RotationService.Order;
import io.rookery.api.secrets.SecretRotation;
import io.rookery.api.secrets.SecretRotation.State;
import io.rookery.api.secrets.SecretRotator;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.test.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The process ends before and after everything that leaves it: each transaction, each step at the
 * target. What the platform uses must be taken then, and another process goes on.
 */
class RotationCrashTableTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("secrets");

  /** The end of a process: nothing may handle it. */
  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

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
                boolean step = !List.of("kind", "rules").contains(method.getName());
                point(step);
                try {
                  return method.invoke(real, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                } finally {
                  point(step);
                }
              }));
    }

    private void point(boolean counts) {
      if (counts && left-- == 0) {
        throw new Crash();
      }
    }
  }

  private static boolean dies(RotationWorld world, int point, Consumer<RotationServiceImpl> work) {
    Doom doom = new Doom(point);
    RotationServiceImpl service =
        world.service(
            doom.wrap(Transactions.class, world.transactions()),
            doom.wrap(SecretRotator.class, world.target));
    try {
      work.accept(service);
      return false;
    } catch (Crash e) {
      return true;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"both", "one", "refused"})
  void aRotationShouldEndFromWhereverItsProcessEnded(String how) throws Exception {
    boolean died = true;
    int points = 0;
    for (int point = 0; died; point++) {
      RotationWorld world = new RotationWorld(DATABASE);
      world.target.overlap = !how.equals("one");
      if (how.equals("refused")) {
        world.target.fail("verify", new RookeryException(CommonErrors.WRONG_STATE, "No"));
      }
      UUID secret = world.registered();
      died =
          dies(world, point, it -> it.start(world.tenant, secret, new Order(Duration.ZERO, null)));
      if (world.target.overlap) {
        assertThat(world.target.taken).as("point %d", point).contains(world.target.used);
      }
      world.pass(Duration.ofMinutes(4));
      world.upkeep();
      assertThat(world.target.taken).as("point %d", point).containsExactly(world.target.used);
      List<SecretRotation> after = world.service().list(world.tenant, PageRequest.FIRST).items();
      if (after.isEmpty()) { // Before it was begun there is nothing to go on with.
        assertThat(point).isLessThan(8);
      } else {
        State end = how.equals("refused") ? State.TAKEN_BACK : State.DONE;
        assertThat(after).singleElement().extracting(SecretRotation::state).isEqualTo(end);
      }
      points = point;
    }
    assertThat(points).isGreaterThan(20);
  }

  @Test
  void whoIsLateShouldChangeNothing() {
    RotationWorld world = new RotationWorld(DATABASE);
    UUID secret = world.registered();
    SecretRotation rotation = world.service().start(world.tenant, secret, new Order(null, null));
    RotationRecords records = world.service().records();
    records.record(world.tenant, Changes.troubled(rotation, "First", world.now()), null);

    assertThatExceptionOfType(RookeryException.class)
        .isThrownBy(
            () ->
                records.record(
                    world.tenant, Changes.troubled(rotation, "Second", world.now()), null))
        .satisfies(e -> assertThat(e.code()).isEqualTo(CommonErrors.CONFLICT));
    assertThat(world.rotation(rotation.id()).problem()).isEqualTo("First");
  }
}
