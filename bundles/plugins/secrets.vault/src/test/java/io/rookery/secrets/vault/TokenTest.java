// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.spi.secrets.SecretPath;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the store stays signed in. */
@Tag("peer")
class TokenTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir static Path folder;

  private static Rig rig;

  @BeforeAll
  static void start() throws Exception {
    rig = new Rig(folder);
    rig.setUp(rig.access("first"));
  }

  @AfterAll
  static void stop() throws Exception {
    if (rig != null) {
      rig.close();
    }
  }

  /** Returns a node of a role of its own, set up, so that the role may be changed. */
  private static Access own(String role) {
    Access access = new Access("rookery", "approle", role, folder.resolve(role), "", null);
    rig.setUp(access);
    return access;
  }

  private static void change(String role, String json) throws Exception {
    rig.bao().require("POST", "auth/approle/role/" + role, json);
  }

  @Test
  void tokenThatWasRevokedShouldBeReplaced() throws Exception {
    VaultStore store = rig.store(rig.bao().server(), own("revoked"));
    SecretPath path = Rig.fresh();
    store.write(path, Rig.data("one"), 0);

    rig.bao().require("POST", "sys/leases/revoke-prefix/auth/approle/login", null);

    // A token of less than a second is not held for dead.
    await()
        .atMost(LONG)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(Rig.value(store, path)).isEqualTo("one"));
    assertThat(store.write(path, Rig.data("two"), 1)).isEqualTo(2);
  }

  @Test
  void tokenShouldBeRenewedAheadOfItsEnd() throws Exception {
    Access access = own("brief");
    change("brief", "{\"token_ttl\":3,\"token_max_ttl\":3600}");
    SignInWatch watch = new SignInWatch(rig.bao().server(), access);
    try (SignIn signIn = watch.signIn()) {
      Token first = signIn.token();

      await().atMost(LONG).until(() -> signIn.token().madeAt() - first.madeAt() > 5_000_000_000L);

      assertThat(signIn.token().value()).isEqualTo(first.value());
      assertThat(watch.alive(first)).isTrue();
    }
  }

  @Test
  void tokenAtItsLongestLifeShouldBeReplacedAheadOfItsEnd() throws Exception {
    Access access = own("mortal");
    change("mortal", "{\"token_ttl\":3,\"token_max_ttl\":4}");
    SignInWatch watch = new SignInWatch(rig.bao().server(), access);
    try (SignIn signIn = watch.signIn()) {
      Token first = signIn.token();

      await().atMost(LONG).until(() -> !signIn.token().value().equals(first.value()));

      assertThat(watch.alive(signIn.token())).isTrue();
    }
  }

  @Test
  void tokenShouldBeGivenBackAtTheEnd() {
    SignInWatch watch = new SignInWatch(rig.bao().server(), own("polite"));
    SignIn signIn = watch.signIn();
    Token token = signIn.token();
    assertThat(watch.alive(token)).isTrue();

    signIn.close();

    assertThat(watch.alive(token)).isFalse();
  }

  /** A sign-in without a store around it, and a look at what becomes of its tokens. */
  private record SignInWatch(Server server, Access access) {

    SignIn signIn() {
      Guard guard = new Guard(server, new Breaker());
      Credentials credentials = new Credentials(access, access.folder(), guard, Clock.systemUTC());
      return new SignIn(access, credentials, new Line(server), guard, server.timeout());
    }

    boolean alive(Token token) {
      try {
        return rig.bao().send("GET", "auth/token/lookup-self", token.value(), null).done();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }
}
