// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FuzzReportTest {

  private static final String SCENARIO =
      """
      {"ScenarioFinished":{"recorder":{"label":"GET /a","checks":{\
      "1":[{"name":"not_a_server_error","status":"success"},\
      {"name":"response_schema_conformance","status":"failure",\
      "failure_info":{"failure":{"title":"Wrong","message":"7 is no string"}}}],\
      "2":[{"name":"not_a_server_error","status":"failure",\
      "failure_info":{"failure":{"title":"Server error","message":"500"}}}]},\
      "interactions":{"1":{"request":{"method":"GET","uri":"http://x/a"}}}}}}
      """;
  private static final String BROKEN =
      "{\"NonFatalError\":{\"label\":\"GET /b\",\"value\":{\"message\":\"no such hook\"}}}\n";

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("report"), text);
  }

  @Test
  void theOperationThatSucceededTheMostRarelyShouldBeNamed() throws IOException {
    Tally tally =
        Tally.read(
            file(
                "200 \tGET /a\n"
                    + "302 \tGET /a\n"
                    + "404 \tGET /b\n"
                    + "200 \tGET /b\n"
                    + "500 \tGET /b\n"
                    + "404 \tGET /c\n"),
            Set.of("GET /c"));

    assertThat(tally.cases()).isEqualTo(6);
    assertThat(tally.operations()).isEqualTo(3);
    assertThat(tally.failed()).isEqualTo(1);
    assertThat(tally.least()).isBetween(33.0, 34.0);
    assertThat(tally.below(50)).containsExactly("GET /b: 1 of 3 succeeded");
  }

  @Test
  void anotherMethodShouldCountAsNoCaseOfTheOperation() throws IOException {
    Tally tally = Tally.read(file("200 \tGET /a\n405 TRACE\tGET /a\n500 PUT\tGET /a\n"), Set.of());

    assertThat(tally.cases()).isEqualTo(3);
    assertThat(tally.least()).isEqualTo(100.0);
    assertThat(tally.failed()).isEqualTo(1);
  }

  @Test
  void failedChecksShouldBeCountedWithTheRequestThatShowsThem() throws IOException {
    Violations violations = Violations.read(file(SCENARIO + BROKEN));

    assertThat(violations.checks()).isEqualTo(3);
    assertThat(violations.schema()).isEqualTo(2); // The server error is counted by its status.
    assertThat(String.join("\n", violations.lines()))
        .contains(
            "1 × response_schema_conformance: GET /a Wrong; as GET http://x/a: 7 is no string")
        .contains("not_a_server_error: GET /a Server error")
        .contains("no such hook");
  }
}
