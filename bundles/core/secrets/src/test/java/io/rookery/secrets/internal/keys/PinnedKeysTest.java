// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKey;
import io.rookery.secrets.internal.ConfiguredStore;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.StoreStatus;
import io.rookery.testkit.secrets.MemorySecretStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PinnedKeysTest {

  private static final byte[] TEXT = "text".getBytes(StandardCharsets.UTF_8);

  private final MemorySecretStore store = new MemorySecretStore();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));
  private final InstantSource time = now::get;

  private PinnedKeys keys() {
    return new PinnedKeys(time.withZone(ZoneOffset.UTC));
  }

  private PinnedKeys loaded() {
    PinnedKeys keys = keys();
    keys.load(store);
    return keys;
  }

  @Test
  void firstStartShouldMakeAKeyForEachPurpose() {
    PinnedKeys keys = loaded();
    Set<String> macs = new HashSet<>();
    for (KeyPurpose purpose : KeyPurpose.values()) {
      assertThat(keys.current(purpose).id()).isEqualTo(1);
      assertThat(keys.current(purpose).mac(TEXT)).hasSize(32);
      macs.add(Arrays.toString(keys.current(purpose).mac(TEXT)));
      assertThat(keys.find(purpose, 2)).isEmpty();
    }
    assertThat(macs).hasSameSizeAs(KeyPurpose.values());
    assertThat(store.read(KeySecret.path(KeyPurpose.OPEN_LINK), 0).orElseThrow().number())
        .isEqualTo(1);
  }

  @Test
  void keysShouldBeTheSameAfterARestart() {
    byte[] before = loaded().current(KeyPurpose.API_KEY).mac(TEXT);
    assertThat(loaded().current(KeyPurpose.API_KEY).mac(TEXT)).isEqualTo(before);
  }

  @Test
  void macShouldBeThatOfTheStandard() {
    // RFC 4231, test case 2
    byte[] mac =
        new HmacKey(1, "Jefe".getBytes(StandardCharsets.UTF_8))
            .mac("what do ya want for nothing?".getBytes(StandardCharsets.UTF_8));
    assertThat(HexFormat.of().formatHex(mac))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @Test
  void macShouldBeRightFromManyThreads() throws Exception {
    PlatformKey key = loaded().current(KeyPurpose.API_KEY);
    byte[] expected = key.mac(TEXT);
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      tasks.add(
          () -> {
            boolean same = true;
            for (int n = 0; n < 2000; n++) {
              same &= Arrays.equals(expected, key.mac(TEXT));
            }
            return same;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<Boolean> result : threads.invokeAll(tasks)) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void sealedStoreShouldNotTakeTheKeysAway() {
    PinnedKeys keys = loaded();
    byte[] before = keys.current(KeyPurpose.UNSUBSCRIBE_LINK).mac(TEXT);
    store.setStatus(StoreStatus.SEALED);
    assertThatExceptionOfType(SecretStoreException.class).isThrownBy(() -> keys.load(store));
    assertThat(keys.current(KeyPurpose.UNSUBSCRIBE_LINK).mac(TEXT)).isEqualTo(before);
  }

  @Test
  void rotatedKeyShouldBecomeCurrentAfterNoticeAndOldOnesVerifyOn() {
    PinnedKeys here = loaded();
    PinnedKeys elsewhere = loaded();
    byte[] old = here.current(KeyPurpose.API_KEY).mac(TEXT);
    assertThat(here.rotate(store, KeyPurpose.API_KEY)).isEqualTo(2);
    assertThat(here.current(KeyPurpose.API_KEY).id()).isEqualTo(1);
    elsewhere.load(store);

    now.updateAndGet(instant -> instant.plus(PinnedKeys.NOTICE));
    for (PinnedKeys keys : List.of(here, elsewhere, loaded())) {
      assertThat(keys.current(KeyPurpose.API_KEY).id()).isEqualTo(2);
      assertThat(keys.current(KeyPurpose.API_KEY).mac(TEXT)).isNotEqualTo(old);
      assertThat(keys.find(KeyPurpose.API_KEY, 1).orElseThrow().mac(TEXT)).isEqualTo(old);
      assertThat(keys.current(KeyPurpose.CLICK_LINK).id()).isEqualTo(1);
    }
    assertThat(elsewhere.rotate(store, KeyPurpose.API_KEY)).isEqualTo(3);
    assertThat(here.rotate(store, KeyPurpose.API_KEY)).isEqualTo(4);
  }

  @Test
  void storeThatLostAKeyShouldNotTakeItFromTheNode() {
    PinnedKeys keys = loaded();
    keys.rotate(store, KeyPurpose.API_KEY);
    MemorySecretStore empty = new MemorySecretStore();
    keys.load(empty);
    assertThat(keys.find(KeyPurpose.API_KEY, 2)).isPresent();
    assertThat(empty.read(KeySecret.path(KeyPurpose.API_KEY), 0)).isEmpty();
    MemorySecretStore older = new MemorySecretStore();
    older.write(
        KeySecret.path(KeyPurpose.API_KEY),
        store.read(KeySecret.path(KeyPurpose.API_KEY), 1).orElseThrow().data(),
        0);
    keys.load(older);
    assertThat(keys.find(KeyPurpose.API_KEY, 2)).isPresent();
  }

  @Test
  void anotherStoresKeysShouldBeRefused() {
    PinnedKeys keys = loaded();
    byte[] before = keys.current(KeyPurpose.API_KEY).mac(TEXT);
    MemorySecretStore other = new MemorySecretStore();
    keys().load(other);
    assertThatExceptionOfType(SecretStoreException.class)
        .isThrownBy(() -> keys.load(other))
        .withMessageContaining("another key");
    assertThat(keys.current(KeyPurpose.API_KEY).mac(TEXT)).isEqualTo(before);
  }

  @Test
  void racingNodesShouldAgreeOnTheFirstKeys() throws Exception {
    List<PinnedKeys> nodes = new ArrayList<>();
    List<Callable<Void>> starts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      PinnedKeys node = keys();
      nodes.add(node);
      starts.add(
          () -> {
            node.load(store);
            return null;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<Void> start : threads.invokeAll(starts)) {
        start.get();
      }
    } finally {
      threads.shutdownNow();
    }
    byte[] expected = nodes.get(0).current(KeyPurpose.SUPPRESSION).mac(TEXT);
    for (PinnedKeys node : nodes) {
      assertThat(node.current(KeyPurpose.SUPPRESSION).mac(TEXT)).isEqualTo(expected);
    }
  }

  @Test
  void deletedKeyShouldNotBeReplaced() {
    loaded();
    store.delete(KeySecret.path(KeyPurpose.SUPPRESSION), Set.of(1));
    assertThatExceptionOfType(SecretStoreException.class)
        .isThrownBy(this::loaded)
        .withMessageContaining("undelete");
  }

  @Test
  void keysShouldNotBeUsedBeforeTheyAreLoaded() {
    assertThatIllegalStateException().isThrownBy(() -> keys().current(KeyPurpose.API_KEY));
  }

  @Test
  void noticeShouldOutlastTheSearchForNewKeys() {
    assertThat(PinnedKeys.NOTICE).isGreaterThan(Duration.ofMinutes(2));
  }

  @Test
  void loaderShouldPublishOnceTheStoreAnswers() {
    List<String> published = new ArrayList<>();
    ConfiguredStore stores = ConfiguredStore.of(store);
    store.setStatus(StoreStatus.SEALED);
    KeyLoader loader =
        new KeyLoader(
            stores,
            Clock.systemUTC(),
            keys -> {
              published.add("in");
              return () -> published.add("out");
            });
    assertThat(loader.attempt()).isFalse();
    assertThat(loader.attempt()).isFalse();
    assertThat(published).isEmpty();
    store.setStatus(StoreStatus.READY);
    assertThat(loader.attempt()).isTrue();
    store.setStatus(StoreStatus.UNREACHABLE);
    assertThat(loader.attempt()).isFalse();
    assertThat(published).containsExactly("in");
    store.setStatus(StoreStatus.READY);
    assertThat(loader.attempt()).isTrue();
    assertThat(loader.rotate(KeyPurpose.API_KEY)).isEqualTo(2);
    loader.close();
    loader.close();
    assertThat(published).containsExactly("in", "out");
  }
}
