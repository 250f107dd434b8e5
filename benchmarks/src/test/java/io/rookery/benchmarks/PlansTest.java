// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Whether the rows and statements that are measured fit the tables as they are now. */
class PlansTest {

  @Test
  void everyHotStatementShouldBeExplained() throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Options few = Options.of(new String[] {"plans", "--count", "1000"});

    // Whether indexes are used and how long it takes is told by tables of another size.
    new Plans(few, new Report(new PrintStream(said, true, StandardCharsets.UTF_8))).run();

    assertThat(said.toString(StandardCharsets.UTF_8))
        .containsPattern("plans \\d+ of \\d{2} read a whole table");
  }
}
