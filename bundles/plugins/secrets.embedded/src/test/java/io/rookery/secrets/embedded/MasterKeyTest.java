// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.rookery.spi.plugin.PluginStorage;
import io.rookery.spi.plugin.PluginStorage.Scan;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.MasterRewrap.Next;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import io.rookery.spi.secrets.StoreStatus;
import io.rookery.testkit.plugin.MemoryPluginStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasterKeyTest {

  private static final SecretData DATA = new SecretData(Map.of("key", Secret.of("value")));

  /** As costly as a test may be. */
  private static final Derivation CHEAP = new Derivation(1, 64, 1);

  private static final String PHRASE = "correct horse battery staple";

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
    return new PassphraseFile(passphraseFile(text), CHEAP);
  }

  private Path passphraseFile(String text) throws IOException {
    Path file = Files.writeString(folder.resolve(UUID.randomUUID().toString()), text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private Next to(String file) {
    return new Next(folder.resolve(file).toString(), false);
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
  void passphraseShouldBeDerivedSlowly() throws IOException {
    MasterKey made = new PassphraseFile(passphraseFile(PHRASE)).create();
    assertThat(made.description().derivation()).isEqualTo(new Derivation(3, 64 * 1024, 4));
    assertThat(made.description().salt()).hasSize(16);
  }

  /** What libargon2's own tests expect. */
  @ParameterizedTest
  @CsvSource({
    "1, 9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe",
    "2, 6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037"
  })
  void derivationShouldBeTheOneThatOthersKnow(int lanes, String expected) {
    byte[] key = new Derivation(2, 256, lanes).key("password", "somesalt".getBytes(US_ASCII));
    assertThat(HexFormat.of().formatHex(key)).isEqualTo(expected);
  }

  @Test
  void storeOfPbkdf2ShouldOpenAndBeRewrappedUnderArgon2idByTheSamePassphrase() throws IOException {
    MasterSource old = new PassphraseFile(passphraseFile(PHRASE), Derivation.pbkdf2(1000));
    store(old).write(path, DATA, 0);
    assertThat(ByteBuffer.wrap(record()).getInt()).isEqualTo(1);

    // Whoever starts today opens it, and does not change it by that.
    EmbeddedStore present = store(passphrase(PHRASE));
    assertThat(present.read(path, 0)).isPresent();
    assertThat(MasterRecord.of(record()).current().derivation()).isEqualTo(Derivation.pbkdf2(1000));

    EmbeddedStore other = store(passphrase(PHRASE));
    assertThat(other.status()).isEqualTo(StoreStatus.READY);
    Path file = passphraseFile(PHRASE);
    assertThat(present.rewrap(new Next(file.toString(), true))).isEqualTo(1);
    EmbeddedStore renewed = store(new PassphraseFile(file));
    assertThat(renewed.read(path, 0).orElseThrow().data()).isEqualTo(DATA);
    assertThat(MasterRecord.of(record()).keys())
        .singleElement()
        .satisfies(key -> assertThat(key.derivation()).isEqualTo(Derivation.ARGON2ID));
    // A node that runs since before the rewrap derives the new key by itself.
    assertThat(other.read(path, 0).orElseThrow().data()).isEqualTo(DATA);
    other.write(SecretPath.tenant(UUID.randomUUID(), "smtp/late"), DATA, 0);
    storage.scan(null, new Scan(WrappedKey.PREFIX, null, 100, false)).stream()
        .map(entry -> WrappedKey.of(WrappedKey.scope(entry.key()), entry.value()))
        .forEach(key -> assertThat(key.wrappings()).hasSize(1));
  }

  private byte[] record() {
    return storage.get(null, MasterRecord.KEY).orElseThrow().value();
  }

  @ParameterizedTest
  @CsvSource({"-1,0,0", "3,-8,1", "3,7,1", "3,64,0", "0,64,1", "3,2000000,4", "20000000,0,0"})
  void derivationThatNoReleaseMadeShouldBeDamage(int passes, int memory, int lanes) {
    byte[] bytes =
        new Output()
            .number(2)
            .number(1)
            .text("id")
            .bytes(new byte[16])
            .number(passes)
            .number(memory)
            .number(lanes)
            .toBytes();
    assertUnreadable("damaged", () -> MasterRecord.of(bytes));
  }

  @Test
  void rewrapShouldMoveEveryKeyToTheNewMaster() throws IOException {
    EmbeddedStore store = store("old");
    SecretPath platform = SecretPath.platform("keys/x");
    store.write(path, DATA, 0);
    store.write(platform, DATA, 0);
    assertThat(store.rewrap(to("new"))).isEqualTo(2);

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
    store("old").rewrap(to("new"));
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
    store("old").rewrap(new Next(file.toString(), true));
    store("old").rewrap(new Next(file.toString(), true));
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
    assertThat(store("old").rewrap(to("new"))).isEqualTo(1);
    assertThat(store("new").read(path, 0)).isPresent();
  }

  /** Dies before each step of the rewrap, then of the start with the new key. */
  @Test
  void rewrapShouldGoOnWhereverItDied() {
    List<SecretPath> paths = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      paths.add(SecretPath.tenant(UUID.randomUUID(), "smtp/main"));
      store("old").write(paths.get(i), DATA, 0);
    }
    MortalStorage mortal = new MortalStorage(storage);
    int deaths = 0;
    for (boolean done = false; !done; deaths += done ? 0 : 1) {
      mortal.dieAt(deaths == 0 ? 0 : 1);
      done = survives(() -> on(mortal, "old").rewrap(to("new")));
      assertReadable("old", paths);
    }
    assertThat(deaths).isGreaterThanOrEqualTo(5);
    int late = 0;
    for (boolean done = false; !done; late += done ? 0 : 1) {
      mortal.dieAt(late);
      done = survives(() -> on(mortal, "new").read(paths.get(0), 0));
    }
    assertThat(late).isGreaterThanOrEqualTo(5);
    assertReadable("new", paths);
    assertUnreadable("not the one", () -> store("old").read(path, 0));
  }

  private EmbeddedStore on(PluginStorage some, String file) {
    return new EmbeddedStore(some, new KeyFile(folder.resolve(file)), 10, Clock.systemUTC());
  }

  private void assertReadable(String file, List<SecretPath> paths) {
    EmbeddedStore store = store(file);
    for (SecretPath each : paths) {
      assertThat(store.read(each, 0).orElseThrow().data()).isEqualTo(DATA);
    }
  }

  private static boolean survives(Runnable work) {
    try {
      work.run();
      return true;
    } catch (MortalStorage.Death e) {
      return false;
    }
  }

  @Test
  void rewrapShouldLoseNothingThatIsReadAndWrittenMeanwhile() throws Exception {
    EmbeddedStore store = store("old");
    List<SecretPath> known = Collections.synchronizedList(new ArrayList<>());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    AtomicBoolean over = new AtomicBoolean();
    try {
      List<Future<Object>> users = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        users.add(
            threads.submit(
                () -> {
                  for (int number = 0; number < 20 || !over.get(); number++) {
                    SecretPath fresh = SecretPath.tenant(UUID.randomUUID(), "smtp/main");
                    store.write(fresh, DATA, 0);
                    known.add(fresh);
                    assertThat(store.read(fresh, 0).orElseThrow().data()).isEqualTo(DATA);
                  }
                  return null;
                }));
      }
      await().until(() -> known.size() > 20);
      store.rewrap(to("new"));
      over.set(true);
      for (Future<Object> user : users) {
        user.get();
      }
    } finally {
      over.set(true);
      threads.shutdown();
    }
    assertReadable("new", known);
  }

  @Test
  void nodeWithoutTheNewMasterShouldMakeNoKeys() {
    EmbeddedStore behind = store("old");
    behind.write(path, DATA, 0);
    store("old").rewrap(to("new"));
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
        .isThrownBy(() -> store.rewrap(to("old")))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT));
  }
}
