// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.shell.internal.secrets.VaultSetup;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import io.rookery.spi.secrets.StoreSetup;
import io.rookery.spi.secrets.StoreSetup.Order;
import io.rookery.spi.secrets.StoreSetup.Step;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultCommandsTest {

  @TempDir Path directory;

  private final AtomicReference<Order> seen = new AtomicReference<>();
  private final StoreSetup setup =
      order -> {
        seen.set(order);
        return List.of(new Step("Policy rookery-platform", true), new Step("Role rookery", false));
      };

  @BeforeEach
  void keepToken() throws Exception {
    Files.writeString(directory.resolve("token"), "s.r00t\n");
  }

  private Shell shell(StoreSetup service) {
    return new Shell(directory, service);
  }

  @Test
  void setupShouldTellEachStepAndNoToken() throws Exception {
    assertThat(shell(setup).run(VaultSetup.class, "--file", "token"))
        .contains("Policy rookery-platform", "true", "Role rookery", "false")
        .doesNotContain("r00t");

    assertThat(seen.get()).isEqualTo(new Order(Secret.of("s.r00t"), null, false));
    assertThat(seen.get().toString()).doesNotContain("r00t");
  }

  @Test
  void setupForAnotherNodeShouldWriteIntoItsFolder() throws Exception {
    shell(setup).run(VaultSetup.class, "--renew", "--folder", "node2", "--file", "token");

    assertThat(seen.get())
        .isEqualTo(new Order(Secret.of("s.r00t"), directory.resolve("node2"), true));
  }

  @Test
  void tokenShouldBeReadFromStandardInputWithoutAConsole() throws Exception {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream("s.r00t\nrest".getBytes(StandardCharsets.US_ASCII)));
    try {
      assertThat(shell(setup).run(VaultSetup.class)).doesNotContain("r00t");
    } finally {
      System.setIn(before);
    }
    assertThat(seen.get()).isEqualTo(new Order(Secret.of("s.r00t"), null, false));
  }

  @Test
  void refusalShouldBeShownWithoutAStack() {
    StoreSetup refusing =
        order -> {
          throw new SecretStoreException(Kind.DENIED, "The token may not use sys/mounts", null);
        };

    assertThatThrownBy(() -> shell(refusing).run(VaultSetup.class, "--file", "token"))
        .isInstanceOf(org.apache.karaf.shell.support.CommandException.class)
        .hasMessageContaining("may not use sys/mounts");
  }

  @Test
  void emptyTokenShouldBeRefusedBeforeTheServerIsAsked() throws Exception {
    Files.writeString(directory.resolve("token"), "two words\n");

    assertThatThrownBy(() -> shell(setup).run(VaultSetup.class, "--file", "token"))
        .hasMessageContaining("one word");
    assertThat(seen.get()).isNull();
  }
}
