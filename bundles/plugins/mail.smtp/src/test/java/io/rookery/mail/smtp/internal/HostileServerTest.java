// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault at every spot has its one right outcome. */
@Timeout(60)
class HostileServerTest {

  private static FaultDrill drill;

  @BeforeAll
  static void begin() {
    drill = new FaultDrill(Duration.ofMillis(400));
  }

  @AfterAll
  static void end() {
    drill.close();
  }

  private static List<FaultCell> cells() {
    return FaultCell.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void faultShouldHaveItsOneRightOutcome(FaultCell cell) throws Exception {
    assertThat(drill.run(cell, true)).as(cell.toString()).isEmpty();
  }
}
