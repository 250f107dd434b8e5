// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerUserTest {

  private static final ServerUser MISSING =
      new ServerUser(List.of("no-such-program-at-all"), "nobody");
  private static final ServerUser FAILING = new ServerUser(List.of("false"), "nobody");

  private final Path programs = TestFolder.programs().resolve("bin");

  @Test
  void firstUserThatCanRunTheProgramsShouldBeChosen() {
    ServerUser able = new ServerUser(List.of("env"), null);
    assertThat(ServerUser.choose(programs, List.of(MISSING, FAILING, able))).isEqualTo(able);
  }

  @Test
  void refusalShouldNameTheFolderAndAllThatWasTried() {
    assertThatThrownBy(() -> ServerUser.choose(programs, List.of(MISSING, FAILING)))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining(programs.toString())
        .hasMessageContaining("no-such-program-at-all")
        .hasMessageContaining("false: exit 1");
  }
}
