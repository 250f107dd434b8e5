// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rookery.spi.plugin.PluginStorage.Entry;
import io.rookery.spi.plugin.PluginStorage.Scan;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretMetadata;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretStore;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import io.rookery.spi.secrets.SecretVersion;
import io.rookery.spi.secrets.StoreStatus;
import io.rookery.testkit.plugin.MemoryPluginStorage;
import io.rookery.testkit.secrets.SecretStoreContract;
import io.rookery.testkit.secrets.SecretTransferContract;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStoreTest implements SecretStoreContract, SecretTransferContract {

  @TempDir Path folder;

  private final MemoryPluginStorage storage = new MemoryPluginStorage();
  private final UUID tenant = UUID.randomUUID();
  private final SecretPath path = SecretPath.tenant(tenant, "smtp/main");

  @Override
  public SecretStore testee() {
    // Keeps every version, as the contract's race makes more than ten.
    return store(1000);
  }

  private EmbeddedStore store(int keep) {
    return new EmbeddedStore(
        storage, new KeyFile(folder.resolve("keys/master")), keep, Clock.systemUTC());
  }

  private static SecretData data(String value) {
    return new SecretData(Map.of("password", Secret.of(value)));
  }

  private static void assertFails(Kind kind, ThrowingCallable call) {
    assertThatExceptionOfType(SecretStoreException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
  }

  private Entry kept(UUID owner) {
    return storage.scan(owner, new Scan("secret/", null, 1, false)).get(0);
  }

  @Test
  void nothingShouldBeKeptInClear() {
    store(10).write(path, data("hunter2-hunter2"), 0);
    List<UUID> owners = new ArrayList<>(List.of(tenant));
    owners.add(null);
    for (UUID owner : owners) {
      for (String prefix : List.of("secret/", "key/", "master")) {
        for (Entry entry : storage.scan(owner, new Scan(prefix, null, 100, false))) {
          assertThat(new String(entry.value(), StandardCharsets.ISO_8859_1))
              .doesNotContain("hunter2", "password");
        }
      }
    }
  }

  @Test
  void secretShouldSurviveARestart() {
    store(10).write(path, data("one"), 0);
    assertThat(store(10).read(path, 0).orElseThrow().data()).isEqualTo(data("one"));
  }

  @Test
  void oldestVersionShouldGoBeyondTheLimit() {
    EmbeddedStore store = store(3);
    for (int i = 1; i <= 5; i++) {
      store.write(path, data("v" + i), -1);
    }
    assertThat(store.read(path, 2)).isEmpty();
    assertThat(store.read(path, 3)).isPresent();
    assertThat(store.metadata(path).orElseThrow().versions())
        .extracting(SecretMetadata.Version::number)
        .containsExactly(3, 4, 5);
  }

  @Test
  void versionPassedOffAsAnotherShouldNotBeRead() {
    EmbeddedStore store = store(10);
    store.write(path, data("old"), -1);
    store.write(path, data("new"), -1);
    Entry entry = kept(tenant);
    SecretRecord record = SecretRecord.of(entry.value());
    SecretRecord.Version old = record.versions().get(0);
    SecretRecord.Version newest = record.versions().get(1);
    SecretRecord.Version forged =
        new SecretRecord.Version(2, newest.createdAt(), null, false, 1, old.sealed());
    SecretRecord tampered = new SecretRecord(path, 2, List.of(old, forged));
    storage.put(tenant, entry.key(), tampered.toBytes(), entry.version());
    assertFails(Kind.UNREADABLE, () -> store.read(path, 0));
  }

  @Test
  void secretPassedOffAsAnotherShouldNotBeRead() {
    EmbeddedStore store = store(10);
    SecretPath other = SecretPath.tenant(tenant, "smtp/other");
    store.write(path, data("mine"), -1);
    Entry mine = kept(tenant);
    store.write(other, data("other"), -1);
    Entry others =
        storage.scan(tenant, new Scan("secret/", null, 10, false)).stream()
            .filter(entry -> !entry.key().equals(mine.key()))
            .findFirst()
            .orElseThrow();
    storage.put(tenant, others.key(), mine.value(), others.version());
    assertFails(Kind.UNREADABLE, () -> store.read(other, 0));
    SecretRecord renamed = new SecretRecord(other, 1, SecretRecord.of(mine.value()).versions());
    storage.put(tenant, others.key(), renamed.toBytes(), others.version() + 1);
    assertFails(Kind.UNREADABLE, () -> store.read(other, 0));
  }

  @Test
  void noFlippedByteShouldBringAnotherValue() {
    store(10).write(path, data("mine"), -1);
    int refused = flip(tenant, kept(tenant).key());
    refused += flip(null, WrappedKey.key(tenant));
    assertThat(refused).isGreaterThan(100);
  }

  /** Flips each byte of an entry by itself; returns how many of these were refused. */
  private int flip(UUID owner, String key) {
    Entry right = storage.get(owner, key).orElseThrow();
    long version = right.version();
    int refused = 0;
    for (int i = 0; i < right.value().length; i++) {
      byte[] wrong = right.value().clone();
      wrong[i] ^= 1;
      version = storage.put(owner, key, wrong, version);
      try {
        assertThat(store(10).read(path, 0).map(SecretVersion::data))
            .as("byte %d of %s", i, key)
            .isIn(Optional.empty(), Optional.of(data("mine")));
      } catch (SecretStoreException e) {
        assertThat(e.kind()).isEqualTo(Kind.UNREADABLE);
        refused++;
      }
    }
    storage.put(owner, key, right.value(), version);
    assertThat(store(10).read(path, 0)).isPresent();
    return refused;
  }

  @Test
  void damagedEntryShouldBeUnreadable() {
    EmbeddedStore store = store(10);
    store.write(path, data("mine"), -1);
    Entry entry = kept(tenant);
    byte[] cut = Arrays.copyOf(entry.value(), entry.value().length - 5);
    storage.put(tenant, entry.key(), cut, entry.version());
    assertFails(Kind.UNREADABLE, () -> store.read(path, 0));
  }

  @Test
  void anotherTenantsDataKeyShouldNotBeTaken() {
    EmbeddedStore store = store(10);
    SecretPath other = SecretPath.tenant(UUID.randomUUID(), "smtp/main");
    store.write(path, data("mine"), -1);
    store.write(other, data("other"), -1);
    Entry mine = storage.get(null, WrappedKey.key(tenant)).orElseThrow();
    Entry others = storage.get(null, WrappedKey.key(other.tenantId())).orElseThrow();
    storage.put(null, others.key(), mine.value(), others.version());
    assertFails(Kind.UNREADABLE, () -> store(10).read(other, 0));
  }

  @Test
  void lostDatabaseShouldBeUnreachableAndComeBack() {
    EmbeddedStore store = store(10);
    storage.setAvailable(false);
    assertThat(store.status()).isEqualTo(StoreStatus.UNREACHABLE);
    assertFails(Kind.UNREACHABLE, () -> store.read(path, 0));
    assertFails(Kind.UNREACHABLE, () -> store.write(path, data("x"), -1));
    storage.setAvailable(true);
    assertThat(store.status()).isEqualTo(StoreStatus.READY);
    assertThat(store.write(path, data("x"), -1)).isEqualTo(1);
    storage.setAvailable(false);
    assertThat(store.status()).isEqualTo(StoreStatus.UNREACHABLE);
  }

  @Test
  void twoNodesShouldShareTheDataKey() {
    EmbeddedStore one = store(10);
    EmbeddedStore two = store(10);
    one.write(path, data("one"), 0);
    two.write(path, data("two"), 1);
    assertThat(one.read(path, 0).orElseThrow().data()).isEqualTo(data("two"));
    assertThat(two.read(path, 1).orElseThrow().data()).isEqualTo(data("one"));
  }
}
