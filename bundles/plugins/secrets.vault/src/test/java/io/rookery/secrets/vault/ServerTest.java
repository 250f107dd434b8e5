// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rookery.spi.secrets.SecretStoreException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that would do harm. */
class ServerTest {

  private static Server server(String address) {
    return new Server(URI.create(address), "", null, Duration.ofSeconds(1), 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://vault.example.org:8200", "http://10.0.0.1", "vault:8200", "ftp://x"})
  void addressThatWouldSendTokensInClearShouldBeRefused(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> server(address))
        .withMessageContaining("address must");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:8200", "http://[::1]:8200", "https://vault"})
  void addressThatIsSafeShouldBeTaken(String address) {
    assertThat(server(address).address()).hasToString(address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "../sys", "a//b", "a?b", "a#b", "%2e"})
  void mountThatIsNoNameShouldBeRefused(String mount) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Access(mount, "approle", "rookery", Path.of("x"), "", null))
        .withMessageContaining("mount must");
  }

  @Test
  void fileOfNoAuthorityShouldBeSaid(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("ca.pem"), "nothing\n");
    SecretStoreException failure = Rig.failure(() -> Trust.only(file));
    assertThat(failure).hasMessageContaining("ca_file").hasMessageContaining(file.toString());
  }
}
