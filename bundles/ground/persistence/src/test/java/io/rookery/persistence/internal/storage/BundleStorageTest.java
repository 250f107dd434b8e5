// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.plugin.PluginStorage;
import io.rookery.spi.plugin.PluginStorage.Entry;
import io.rookery.spi.plugin.PluginStorage.Scan;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BundleStorageTest {

  private static final byte[] ONE = {1};
  private static final byte[] TWO = {2};

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas();

  private final PluginStorage storage = DATABASE.pluginStorage("plugin-" + Uuids.next());

  static Stream<UUID> owners() {
    return Stream.of(null, Uuids.next());
  }

  @ParameterizedTest
  @MethodSource("owners")
  void putShouldCompareAndSet(UUID owner) {
    long first = storage.put(owner, "k", ONE, 0);
    refused(() -> storage.put(owner, "k", TWO, 0));
    refused(() -> storage.put(owner, "k", TWO, first + 1));
    long second = storage.put(owner, "k", TWO, first);
    refused(() -> storage.put(owner, "k", ONE, first));
    Entry entry = storage.get(owner, "k").orElseThrow();
    assertThat(entry.value()).isEqualTo(TWO);
    assertThat(entry.version()).isEqualTo(second).isGreaterThan(first);
  }

  @ParameterizedTest
  @MethodSource("owners")
  void removeShouldCompareToo(UUID owner) {
    long version = storage.put(owner, "k", ONE, 0);
    assertThat(storage.remove(owner, "k", version + 1)).isFalse();
    assertThat(storage.remove(owner, "k", version)).isTrue();
    assertThat(storage.get(owner, "k")).isEmpty();
    assertThat(storage.put(owner, "k", ONE, 0)).isNotEqualTo(version);
  }

  @ParameterizedTest
  @MethodSource("owners")
  void addShouldAddAllOrNone(UUID owner) {
    storage.add(owner, Map.of("a", ONE, "b", TWO));
    refused(() -> storage.add(owner, Map.of("b", ONE, "c", ONE)));
    assertThat(storage.get(owner, "c")).isEmpty();
    assertThat(storage.get(owner, "b").orElseThrow().value()).isEqualTo(TWO);
    storage.add(owner, Map.of());
  }

  @ParameterizedTest
  @MethodSource("owners")
  void scanShouldPageInTheOrderOfBytes(UUID owner) {
    storage.add(owner, Map.of("a/B", ONE, "a/a", ONE, "a/_", ONE, "a/-", ONE, "b/a", ONE));
    assertThat(keys(owner, new Scan("a/", null, 10, false)))
        .containsExactly("a/-", "a/B", "a/_", "a/a");
    assertThat(keys(owner, new Scan("a/", "a/B", 1, false))).containsExactly("a/_");
    assertThat(keys(owner, new Scan("a/", "a/_", 10, true))).containsExactly("a/B", "a/-");
  }

  @ParameterizedTest
  @MethodSource("owners")
  void removeBeforeShouldKeepToItsPrefix(UUID owner) {
    storage.add(owner, Map.of("a/1", ONE, "a/2", ONE, "a/3", ONE, "A/1", ONE));
    assertThat(storage.removeBefore(owner, "a/", "a/3")).isEqualTo(2);
    assertThat(keys(owner, new Scan("a/", null, 10, false))).containsExactly("a/3");
    assertThat(storage.get(owner, "A/1")).isPresent();
  }

  @Test
  void tenantsThePlatformAndPluginsShouldBeApart() {
    UUID tenant = Uuids.next();
    storage.put(tenant, "k", ONE, 0);
    assertThat(storage.get(null, "k")).isEmpty();
    assertThat(storage.get(Uuids.next(), "k")).isEmpty();
    assertThat(DATABASE.pluginStorage("another").get(tenant, "k")).isEmpty();
  }

  @Test
  void strangeKeysAndHugeValuesShouldBeRefused() {
    assertThatThrownBy(() -> storage.get(null, "a b")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> storage.get(null, "a".repeat(201)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> storage.put(null, "k", new byte[(30 << 20) + 1], 0))
        .isInstanceOf(RookeryException.class);
  }

  private List<String> keys(UUID owner, Scan scan) {
    return storage.scan(owner, scan).stream().map(Entry::key).toList();
  }

  private static void refused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .extracting(e -> ((RookeryException) e).code())
        .isEqualTo(CommonErrors.CONFLICT);
  }
}
