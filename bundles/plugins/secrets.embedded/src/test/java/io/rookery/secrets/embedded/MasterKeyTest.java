// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import io.rookery.spi.secrets.StoreStatus;
import io.rookery.testkit.plugin.MemoryPluginStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyTest {

  private static final SecretData DATA = new SecretData(Map.of("key", Secret.of("value")));

  @TempDir Path folder;

  private final MemoryPluginStorage storage = new MemoryPluginStorage();
  private final SecretPath path = SecretPath.tenant(UUID.randomUUID(), "smtp/main");

  private EmbeddedStore store(MasterSource source) {
    return new EmbeddedStore(storage, source, 10, Clock.systemUTC());
  }

  private EmbeddedStore store(String file) {
    return store(new KeyFile(folder.resolve(file)));
  }

  private MasterSource passphrase(String text) throws IOException {
    Path file = Files.writeString(folder.resolve(UUID.randomUUID().toString()), text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return new PassphraseFile(file, 1000);
  }

  private static void assertUnreadable(String detail, ThrowingCallable call) {
    assertThatExceptionOfType(SecretStoreException.class)
        .isThrownBy(call)
        .withMessageContaining(detail)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNREADABLE));
  }

  @Test
  void firstStartShouldMakeAPrivateKeyFile() throws IOException {
    store("a/b/master").write(path, DATA, 0);
    Path file = folder.resolve("a/b/master");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).hasSize(45);
  }

  @Test
  void wrongMasterKeyShouldBeRefused() {
    store("one").write(path, DATA, 0);
    new KeyFile(folder.resolve("two")).create();
    EmbeddedStore wrong = store("two");
    assertUnreadable("not the one", () -> wrong.read(path, 0));
    assertUnreadable("not the one", () -> wrong.write(path, DATA, -1));
    assertThat(wrong.status()).isEqualTo(StoreStatus.SEALED);
    assertThat(store("one").read(path, 0).orElseThrow().data()).isEqualTo(DATA);
  }

  @Test
  void aRefusedMasterKeyShouldBeToldAndOneThatIsRightNot() {
    store("one").write(path, DATA, 0);
    new KeyFile(folder.resolve("two")).create();
    EmbeddedStore wrong = store("two");
    List<String> heard = new ArrayList<>();
    wrong.addWatch(heard::add);
    assertUnreadable("not the one", () -> wrong.read(path, 0));
    assertUnreadable("not the one", () -> wrong.read(path, 0));
    assertThat(heard).containsExactly("embedded");
    EmbeddedStore right = store("one");
    right.addWatch(heard::add);
    assertThat(right.read(path, 0)).isPresent();
    assertThat(heard).hasSize(1);
  }

  @Test
  void missingMasterKeyShouldNeverBeReplaced() throws IOException {
    store("one").write(path, DATA, 0);
    Files.delete(folder.resolve("one"));
    assertUnreadable("missing", () -> store("one").read(path, 0));
    assertThat(folder.resolve("one")).doesNotExist();
  }

  @Test
  void keyFileOpenToOthersShouldBeRefused() throws IOException {
    store("one").write(path, DATA, 0);
    Files.setPosixFilePermissions(
        folder.resolve("one"), PosixFilePermissions.fromString("rw-r-----"));
    assertUnreadable("0600", () -> store("one").read(path, 0));
  }

  @Test
  void brokenKeyFileShouldBeRefused() throws IOException {
    store("one").write(path, DATA, 0);
    Files.writeString(folder.resolve("one"), "not a key");
    assertUnreadable("does not hold", () -> store("one").read(path, 0));
  }

  @Test
  void nodeThatComesSecondShouldNotKeepAKeyOfItsOwn() {
    KeyFile late = new KeyFile(folder.resolve("late"));
    late.create();
    late.discard();
    assertThat(folder.resolve("late")).doesNotExist();
    KeyFile given = new KeyFile(folder.resolve("given"));
    given.create();
    KeyFile again = new KeyFile(folder.resolve("given"));
    again.create();
    again.discard();
    assertThat(folder.resolve("given")).exists();
  }

  @Test
  void passphraseShouldOpenTheStoreAgain() throws IOException {
    store(passphrase("correct horse battery staple")).write(path, DATA, 0);
    assertThat(store(passphrase("correct horse battery staple")).read(path, 0).orElseThrow().data())
        .isEqualTo(DATA);
    assertUnreadable(
        "not the one", () -> store(passphrase("incorrect horse battery")).read(path, 0));
  }

  @Test
  void shortPassphraseShouldBeRefused() {
    assertUnreadable("16 characters", () -> store(passphrase("too short")).read(path, 0));
  }

  @Test
  void passphraseShouldBeDerivedSlowly() {
    assertThat(PassphraseFile.ITERATIONS).isGreaterThanOrEqualTo(600_000);
  }

  @Test
  void rewrapShouldMoveEveryKeyToTheNewMaster() throws IOException {
    EmbeddedStore store = store("old");
    SecretPath platform = SecretPath.platform("keys/x");
    store.write(path, DATA, 0);
    store.write(platform, DATA, 0);
    assertThat(store.rewrap(folder.resolve("new"))).isEqualTo(2);

    // The running node goes on, and until a start with the new key the old one still opens.
    SecretPath late = SecretPath.tenant(UUID.randomUUID(), "smtp/late");
    store.write(late, DATA, 0);
    assertThat(store("old").read(path, 0)).isPresent();

    EmbeddedStore renewed = store("new");
    for (SecretPath each : new SecretPath[] {path, platform, late}) {
      assertThat(renewed.read(each, 0).orElseThrow().data()).isEqualTo(DATA);
    }
    Files.delete(folder.resolve("old"));
    assertThat(store("new").read(path, 0)).isPresent();
  }

  @Test
  void oldMasterShouldBeWorthlessAfterTheMove() {
    store("old").write(path, DATA, 0);
    store("old").rewrap(folder.resolve("new"));
    assertThat(store("new").read(path, 0)).isPresent();
    assertUnreadable("not the one", () -> store("old").read(path, 0));
    byte[] kept = storage.get(null, WrappedKey.key(path.tenantId())).orElseThrow().value();
    assertThat(WrappedKey.of(path.tenantId(), kept).wrappings()).hasSize(1);
  }

  @Test
  void rewrapShouldWorkToAPassphrase() throws IOException {
    store("old").write(path, DATA, 0);
    Path file = Files.writeString(folder.resolve("phrase"), "correct horse battery staple");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    store("old").rewrapToPassphrase(file);
    store("old").rewrapToPassphrase(file);
    assertThat(store(new PassphraseFile(file)).read(path, 0)).isPresent();
  }

  @Test
  void interruptedRewrapShouldBeRepeatable() {
    EmbeddedStore store = store("old");
    store.write(path, DATA, 0);
    new KeyFile(folder.resolve("new")).create();
    MasterKey next = new KeyFile(folder.resolve("new")).create();
    MasterRecord record =
        MasterRecord.of(storage.get(null, MasterRecord.KEY).orElseThrow().value());
    MasterRecord both = new MasterRecord(List.of(record.current(), next.description()));
    storage.put(null, MasterRecord.KEY, both.toBytes(), 1);

    assertUnreadable("not finished", () -> store("new").read(path, 0));
    assertThat(store("old").rewrap(folder.resolve("new"))).isEqualTo(1);
    assertThat(store("new").read(path, 0)).isPresent();
  }

  @Test
  void nodeWithoutTheNewMasterShouldMakeNoKeys() {
    EmbeddedStore behind = store("old");
    behind.write(path, DATA, 0);
    store("old").rewrap(folder.resolve("new"));
    SecretPath fresh = SecretPath.tenant(UUID.randomUUID(), "smtp/main");
    assertThatExceptionOfType(SecretStoreException.class)
        .isThrownBy(() -> behind.write(fresh, DATA, 0))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE));
    assertThat(storage.get(null, WrappedKey.key(fresh.tenantId()))).isEmpty();
    assertThatCode(() -> store("new").write(fresh, DATA, 0)).doesNotThrowAnyException();
  }

  @Test
  void rewrapToTheSameKeyShouldBeRefused() {
    EmbeddedStore store = store("old");
    store.write(path, DATA, 0);
    assertThatExceptionOfType(SecretStoreException.class)
        .isThrownBy(() -> store.rewrap(folder.resolve("old")))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT));
  }
}
