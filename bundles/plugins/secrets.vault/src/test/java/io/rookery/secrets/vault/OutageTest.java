// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.spi.secrets.SecretMetadata;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import io.rookery.spi.secrets.StoreStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the store's callers while the server is sealed, away or slow. */
@Tag("peer")
class OutageTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int CALLS = 40;

  @TempDir static Path folder;

  private static Rig rig;

  @BeforeAll
  static void start() throws Exception {
    rig = new Rig(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    if (rig != null) {
      rig.close();
    }
  }

  private static void assertFailsAtOnce(Kind kind, VaultStore store, String words) {
    for (int i = 0; i < 3; i++) {
      Rig.failure(() -> store.read(Rig.fresh(), 0));
    }
    long begin = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      SecretStoreException failure = Rig.failure(() -> store.read(Rig.fresh(), 0));
      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure).hasMessageContaining(words);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void sealedServerShouldBeSaidAndRecoverByItself() throws Exception {
    VaultStore store = rig.node("sealed");
    SecretPath path = Rig.fresh();
    store.write(path, Rig.data("one"), 0);

    rig.bao().seal();
    try {
      assertThat(store.status()).isEqualTo(StoreStatus.SEALED);
      assertFailsAtOnce(Kind.SEALED, store, "unseal it");
      assertThat(Rig.failure(() -> store.write(path, Rig.data("lost"), 1)).kind())
          .isEqualTo(Kind.SEALED);
    } finally {
      rig.bao().unseal();
    }

    await().atMost(LONG).until(() -> store.status() == StoreStatus.READY);
    assertThat(Rig.value(store, path)).isEqualTo("one");
    assertThat(store.write(path, Rig.data("two"), 1)).isEqualTo(2);
  }

  @Test
  void storeThatFirstMeetsASealedServerShouldStartWithIt() throws Exception {
    Access access = rig.access("early");
    rig.setUp(access);
    VaultStore store = rig.store(rig.bao().server(), access);

    rig.bao().seal();
    try {
      assertThat(store.status()).isEqualTo(StoreStatus.SEALED);
      assertThat(access.folder().resolve("wrapped-secret-id")).exists();
    } finally {
      rig.bao().unseal();
    }

    await().atMost(LONG).until(() -> store.status() == StoreStatus.READY);
  }

  @Test
  void stoppedServerShouldBeSaidAndRecoverByItself() throws Exception {
    VaultStore store = rig.node("stopped");
    SecretPath path = Rig.fresh();
    store.write(path, Rig.data("one"), 0);

    rig.bao().stop();
    try {
      assertThat(store.status()).isEqualTo(StoreStatus.UNREACHABLE);
      assertFailsAtOnce(Kind.UNREACHABLE, store, "see that");
    } finally {
      rig.bao().start();
      rig.bao().unseal();
    }

    await().atMost(LONG).until(() -> store.status() == StoreStatus.READY);
    assertThat(Rig.value(store, path)).isEqualTo("one");
  }

  @Test
  void slowServerShouldNotHoldItsCallers() throws Exception {
    Duration patience = Duration.ofSeconds(1);
    Access access = rig.access("slow");
    rig.setUp(access);
    try (SlowProxy proxy = new SlowProxy(rig.bao().server().address().getPort())) {
      VaultStore store =
          rig.store(rig.server("https://localhost:" + proxy.port(), patience), access);
      SecretPath path = Rig.fresh();
      store.write(path, Rig.data("one"), 0);
      proxy.setDelay(Duration.ofSeconds(5));

      long begin = System.nanoTime();
      List<SecretStoreException> failures = readAtOnce(store, path);

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      assertThat(failures)
          .hasSize(CALLS)
          .allSatisfy(failure -> assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE))
          .anySatisfy(
              failure ->
                  assertThat(failure)
                      .hasMessageContaining("within 1000 ms")
                      .hasMessageContaining("timeout_ms"));
      assertFailsAtOnce(Kind.UNREACHABLE, store, "did not answer");

      proxy.setDelay(Duration.ZERO);
      await().atMost(LONG).until(() -> store.status() == StoreStatus.READY);
      assertThat(Rig.value(store, path)).isEqualTo("one");
    }
  }

  private static List<SecretStoreException> readAtOnce(VaultStore store, SecretPath path)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CALLS);
    try {
      Callable<SecretStoreException> reading = () -> Rig.failure(() -> store.read(path, 0));
      List<Callable<SecretStoreException>> calls = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        calls.add(reading);
      }
      List<SecretStoreException> failures = new ArrayList<>();
      for (Future<SecretStoreException> each : threads.invokeAll(calls)) {
        failures.add(each.get());
      }
      return failures;
    } finally {
      threads.shutdownNow();
    }
  }

  /** A write whose answer comes late may have been done; what was written before stays. */
  @Test
  void writeThatIsAnsweredLateShouldNotBeSentTwice() throws Exception {
    Access access = rig.access("late");
    rig.setUp(access);
    try (SlowProxy proxy = new SlowProxy(rig.bao().server().address().getPort())) {
      VaultStore store =
          rig.store(rig.server("https://localhost:" + proxy.port(), Duration.ofSeconds(1)), access);
      SecretPath path = Rig.fresh();
      store.write(path, Rig.data("one"), 0);
      proxy.setDelay(Duration.ofSeconds(5));

      assertThat(Rig.failure(() -> store.write(path, Rig.data("two"), -1)).kind())
          .isEqualTo(Kind.UNREACHABLE);

      proxy.setDelay(Duration.ZERO);
      await().atMost(LONG).until(() -> store.status() == StoreStatus.READY);
      SecretMetadata known = store.metadata(path).orElseThrow();
      assertThat(known.currentVersion()).isEqualTo(2);
      assertThat(store.read(path, 1)).isPresent();
      assertThat(Rig.value(store, path)).isEqualTo("two");
    }
  }
}
