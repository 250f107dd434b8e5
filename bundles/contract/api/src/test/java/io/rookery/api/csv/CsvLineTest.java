// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLineTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\uff1d1+1",
        "\uff0b1",
        "\uff0d1",
        "\uff20SUM(A1)",
        "=HYPERLINK(\"http://x.example\",\"a\")"
      })
  void whatBeginsAsAFormulaShouldBeText(String value) {
    String field = CsvLine.field(value);
    assertThat(field.startsWith("\"") ? field.substring(1) : field).startsWith("'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a;=1+1", "a\t=1+1", "a\n=1+1", "a\r\n=1+1", "a|=cmd", "a;\uff1d1"})
  void whatBeginsAfterAnotherSeparatorShouldBeText(String value) {
    assertThat(CsvLine.field(value)).startsWith("\"a").containsPattern("'[=\uff1d]").endsWith("\"");
  }

  @Test
  void whatIsNoFormulaShouldStayAsItIs() {
    assertThat(CsvLine.field("Ada")).isEqualTo("Ada");
    assertThat(CsvLine.field("a=b - c@d")).isEqualTo("a=b - c@d");
    assertThat(CsvLine.field(-5)).isEqualTo("-5");
    assertThat(CsvLine.field("-5")).isEqualTo("'-5");
    assertThat(CsvLine.field(null)).isEmpty();
    assertThat(CsvLine.field("")).isEmpty();
  }

  @Test
  void aLineShouldBeAsOthersReadIt() {
    List<Object> values = new ArrayList<>(Arrays.asList(1, null, "a,b", "say \"hi\""));
    assertThat(CsvLine.of(values)).isEqualTo("1,,\"a,b\",\"say \"\"hi\"\"\"\r\n");
  }
}
