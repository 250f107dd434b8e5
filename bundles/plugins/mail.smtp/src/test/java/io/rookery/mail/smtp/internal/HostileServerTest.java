// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault at every spot has its one right outcome. */
@Timeout(60)
class HostileServerTest {

  private static FaultDrill drill;

  @BeforeAll
  static void begin() {
    drill = new FaultDrill(Duration.ofSeconds(2));
  }

  @AfterAll
  static void end() {
    drill.close();
  }

  private static Stream<FaultCell> cells() {
    return FaultCell.all().stream().filter(cell -> !cell.isSilent());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void faultShouldHaveItsOneRightOutcome(FaultCell cell) throws Exception {
    assertThat(drill.run(cell, true)).as(cell.toString()).isEmpty();
  }

  /** Side by side, as each takes its time. */
  @Test
  void silenceShouldHaveItsOneRightOutcomeToo() throws Exception {
    List<FaultCell> silent = FaultCell.all().stream().filter(FaultCell::isSilent).toList();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<List<String>>> runs =
          silent.stream().map(cell -> threads.submit(() -> drill.run(cell, true))).toList();
      for (int i = 0; i < silent.size(); i++) {
        assertThat(runs.get(i).get()).as(silent.get(i).toString()).isEmpty();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
