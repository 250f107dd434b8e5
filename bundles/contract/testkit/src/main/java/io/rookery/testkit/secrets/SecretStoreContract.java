// SPDX-License-Identifier: Apache-2.0
package io.rookery.testkit.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretMetadata;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretStore;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import io.rookery.spi.secrets.SecretVersion;
import io.rookery.spi.secrets.StoreStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every secret store must do. A plugin's test implements this interface and gives the store;
 * the store may hold other secrets already, and tests use tenants of their own. Each test keeps at
 * most ten versions of a secret that it reads again, as Vault does by default.
 */
public interface SecretStoreContract {

  /** Returns a store that is ready; the same one or a new one each time. */
  SecretStore testee();

  /** Returns the path of a secret in a folder that no other test uses. */
  private static SecretPath fresh() {
    return SecretPath.tenant(UUID.randomUUID(), "smtp/main");
  }

  private static SecretData data(String value) {
    return new SecretData(Map.of("password", Secret.of(value)));
  }

  private static String value(SecretStore store, SecretPath path, int version) {
    return store
        .read(path, version)
        .map(found -> found.data().fields().get("password").reveal())
        .orElse(null);
  }

  private static void assertConflict(Runnable write) {
    assertThatExceptionOfType(SecretStoreException.class)
        .isThrownBy(write::run)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT));
  }

  @Test
  default void storeShouldBeReady() {
    assertThat(testee().status()).isEqualTo(StoreStatus.READY);
  }

  @Test
  default void unknownSecretShouldBeEmpty() {
    SecretStore store = testee();
    SecretPath path = fresh();
    assertThat(store.read(path, 0)).isEmpty();
    assertThat(store.read(path, 1)).isEmpty();
    assertThat(store.metadata(path)).isEmpty();
  }

  @Test
  default void readShouldReturnWhatWasWritten() {
    SecretStore store = testee();
    SecretPath path = fresh();
    String odd = "ä€😀\"'\\\n\t" + "x".repeat(10_000);
    SecretData written = new SecretData(Map.of("password", Secret.of(odd), "user", Secret.of("")));
    assertThat(store.write(path, written, -1)).isEqualTo(1);
    SecretVersion read = store.read(path, 0).orElseThrow();
    assertThat(read.data()).isEqualTo(written);
    assertThat(read.number()).isEqualTo(1);
    assertThat(Duration.between(read.createdAt(), Instant.now()).abs())
        .isLessThan(Duration.ofMinutes(10));
  }

  @Test
  default void eachWriteShouldMakeANewVersion() {
    SecretStore store = testee();
    SecretPath path = fresh();
    assertThat(store.write(path, data("one"), -1)).isEqualTo(1);
    assertThat(store.write(path, data("two"), -1)).isEqualTo(2);
    assertThat(store.write(path, data("three"), -1)).isEqualTo(3);
    assertThat(value(store, path, 0)).isEqualTo("three");
    assertThat(value(store, path, 1)).isEqualTo("one");
    assertThat(value(store, path, 2)).isEqualTo("two");
    assertThat(store.read(path, 4)).isEmpty();
  }

  @Test
  default void checkShouldAdmitTheNewestVersionAlone() {
    SecretStore store = testee();
    SecretPath path = fresh();
    assertThat(store.write(path, data("one"), 0)).isEqualTo(1);
    assertConflict(() -> store.write(path, data("again"), 0));
    assertThat(store.write(path, data("two"), 1)).isEqualTo(2);
    assertConflict(() -> store.write(path, data("late"), 1));
    assertConflict(() -> store.write(path, data("early"), 3));
    assertThat(value(store, path, 0)).isEqualTo("two");
    assertThat(store.metadata(path).orElseThrow().currentVersion()).isEqualTo(2);
  }

  @Test
  default void checkShouldRefuseASecretThatDoesNotExist() {
    SecretStore store = testee();
    SecretPath path = fresh();
    assertConflict(() -> store.write(path, data("one"), 1));
    assertThat(store.metadata(path)).isEmpty();
  }

  @Test
  default void deletedVersionShouldComeBack() {
    SecretStore store = testee();
    SecretPath path = fresh();
    store.write(path, data("one"), -1);
    store.write(path, data("two"), -1);
    store.delete(path, Set.of(2, 7));
    assertThat(store.read(path, 0)).isEmpty();
    assertThat(store.read(path, 2)).isEmpty();
    assertThat(value(store, path, 1)).isEqualTo("one");
    store.undelete(path, Set.of(2, 7));
    assertThat(value(store, path, 0)).isEqualTo("two");
  }

  @Test
  default void deletedVersionShouldStillCount() {
    SecretStore store = testee();
    SecretPath path = fresh();
    store.write(path, data("one"), -1);
    store.delete(path, Set.of(1));
    assertConflict(() -> store.write(path, data("again"), 0));
    assertThat(store.write(path, data("two"), 1)).isEqualTo(2);
    assertThat(value(store, path, 0)).isEqualTo("two");
  }

  @Test
  default void destroyedVersionShouldNeverComeBack() {
    SecretStore store = testee();
    SecretPath path = fresh();
    store.write(path, data("one"), -1);
    store.write(path, data("two"), -1);
    store.delete(path, Set.of(1));
    store.destroy(path, Set.of(1, 9));
    store.undelete(path, Set.of(1));
    assertThat(store.read(path, 1)).isEmpty();
    assertThat(value(store, path, 0)).isEqualTo("two");
    assertThat(store.metadata(path).orElseThrow().versions().get(0).destroyed()).isTrue();
  }

  @Test
  default void changesOfAnUnknownSecretShouldDoNothing() {
    SecretStore store = testee();
    SecretPath path = fresh();
    store.delete(path, Set.of(1));
    store.undelete(path, Set.of(1));
    store.destroy(path, Set.of(1));
    store.purge(path);
    assertThat(store.metadata(path)).isEmpty();
  }

  @Test
  default void metadataShouldTellEveryVersion() {
    SecretStore store = testee();
    SecretPath path = fresh();
    for (String value : List.of("one", "two", "three")) {
      store.write(path, data(value), -1);
    }
    store.delete(path, Set.of(2));
    store.destroy(path, Set.of(3));
    SecretMetadata known = store.metadata(path).orElseThrow();
    assertThat(known.path()).isEqualTo(path);
    assertThat(known.currentVersion()).isEqualTo(3);
    assertThat(known.versions())
        .extracting(SecretMetadata.Version::number)
        .containsExactly(1, 2, 3);
    assertThat(known.versions())
        .extracting(version -> version.deletedAt() != null)
        .startsWith(false, true);
    assertThat(known.versions())
        .extracting(SecretMetadata.Version::destroyed)
        .containsExactly(false, false, true);
  }

  @Test
  default void purgeShouldLeaveNothing() {
    SecretStore store = testee();
    SecretPath path = fresh();
    store.write(path, data("one"), -1);
    store.write(path, data("two"), -1);
    store.purge(path);
    assertThat(store.read(path, 0)).isEmpty();
    assertThat(store.read(path, 1)).isEmpty();
    assertThat(store.metadata(path)).isEmpty();
    assertThat(store.list(SecretPath.tenant(path.tenantId()))).isEmpty();
    assertThat(store.write(path, data("new"), 0)).isEqualTo(1);
    assertThat(value(store, path, 0)).isEqualTo("new");
  }

  @Test
  default void listShouldShowAFolderInOrder() {
    SecretStore store = testee();
    UUID tenant = UUID.randomUUID();
    List<SecretPath> paths =
        List.of("dkim/a.example/s1", "smtp/a", "smtp/a@b", "smtp/b/x", "smtp/c", "smtp2/a").stream()
            .map(below -> SecretPath.tenant(tenant, below))
            .toList();
    for (int i = paths.size() - 1; i >= 0; i--) {
      store.write(paths.get(i), data("x"), -1);
    }
    store.write(SecretPath.tenant(UUID.randomUUID(), "smtp/a"), data("x"), -1);
    assertThat(store.list(SecretPath.tenant(tenant))).containsExactlyElementsOf(paths);
    assertThat(store.list(SecretPath.tenant(tenant, "smtp")))
        .containsExactlyElementsOf(paths.subList(1, 5));
    assertThat(store.list(SecretPath.tenant(tenant, "nothing"))).isEmpty();
  }

  @Test
  default void listShouldShowDeletedSecrets() {
    SecretStore store = testee();
    SecretPath path = fresh();
    store.write(path, data("one"), -1);
    store.delete(path, Set.of(1));
    assertThat(store.list(SecretPath.tenant(path.tenantId()))).containsExactly(path);
  }

  @Test
  default void tenantsShouldBeApart() {
    SecretStore store = testee();
    SecretPath mine = fresh();
    SecretPath yours = fresh();
    store.write(mine, data("mine"), -1);
    store.write(yours, data("yours"), -1);
    store.purge(mine);
    assertThat(value(store, yours, 0)).isEqualTo("yours");
  }

  @Test
  default void platformShouldHaveAFolderOfItsOwn() {
    SecretStore store = testee();
    SecretPath path = SecretPath.platform("contract/" + UUID.randomUUID());
    store.write(path, data("one"), 0);
    assertThat(value(store, path, 0)).isEqualTo("one");
    assertThat(store.list(SecretPath.platform("contract"))).contains(path);
    store.purge(path);
    assertThat(store.read(path, 0)).isEmpty();
  }

  @Test
  default void longPathsShouldWork() {
    SecretStore store = testee();
    String below = ("a".repeat(99) + "/").repeat(4) + "b".repeat(60);
    SecretPath path = SecretPath.tenant(UUID.randomUUID(), below);
    store.write(path, data("one"), 0);
    assertThat(value(store, path, 0)).isEqualTo("one");
    assertThat(store.list(SecretPath.tenant(path.tenantId()))).containsExactly(path);
  }

  @Test
  default void racingWritersShouldLoseNoVersion() {
    SecretStore store = testee();
    SecretPath path = fresh();
    int writers = 8;
    int each = 5;
    Set<Integer> won =
        Writers.race(writers, writer -> Writers.writeChecked(store, path, writer, each));
    assertThat(won)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, writers * each).boxed().collect(Collectors.toSet()));
    assertThat(store.metadata(path).orElseThrow().currentVersion()).isEqualTo(writers * each);
  }

  @Test
  default void racingFirstWritersShouldHaveOneWinner() {
    SecretStore store = testee();
    SecretPath path = fresh();
    Set<Integer> won = Writers.race(8, writer -> Writers.writeFirst(store, path, writer));
    assertThat(won).hasSize(1);
    assertThat(value(store, path, 0)).isEqualTo("writer " + won.iterator().next());
    assertThat(store.metadata(path).orElseThrow().currentVersion()).isEqualTo(1);
  }

  @Test
  default void racingUncheckedWritersShouldAllWrite() {
    SecretStore store = testee();
    SecretPath path = fresh();
    Set<Integer> won =
        Writers.race(8, writer -> List.of(store.write(path, data("writer " + writer), -1)));
    assertThat(won).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
  }
}
