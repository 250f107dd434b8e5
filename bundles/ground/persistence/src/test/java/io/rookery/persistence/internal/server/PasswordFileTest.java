// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordFileTest {

  @TempDir Path folder;

  @Test
  void passwordShouldBeMadeOnceAndBelongToItsOwnerAlone() throws IOException {
    Path file = folder.resolve("p");
    String password = PasswordFile.readOrMake(file);
    assertThat(password).hasSize(43);
    assertThat(PasswordFile.readOrMake(file)).isEqualTo(password);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void lineEndShouldNotCount() throws IOException {
    assertThat(PasswordFile.read(write("secret\n", "r--------"))).isEqualTo("secret");
  }

  @Test
  void fileOpenToOthersShouldBeRefusedWithoutShowingIt() throws IOException {
    Path file = write("secret", "rw-r-----");
    assertThatThrownBy(() -> PasswordFile.read(file))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("chmod 600")
        .hasMessageNotContaining("secret");
  }

  @Test
  void emptyOrMissingFileShouldBeRefused() throws IOException {
    Path empty = write("\n", "rw-------");
    assertThatThrownBy(() -> PasswordFile.read(empty)).hasMessageContaining("empty");
    assertThatThrownBy(() -> PasswordFile.read(folder.resolve("none")))
        .isInstanceOf(ServerException.class);
  }

  private Path write(String text, String mode) throws IOException {
    Path file = Files.writeString(folder.resolve("password"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
