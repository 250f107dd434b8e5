// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.tx;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a database in trouble says, and what callers see of it. */
class ErrorTranslationTest {

  /** Gone, going down, starting, full, read-only, out of connections; locked, too slow. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "08001", "08006", "57P01", "57P02", "57P03", "53100", "53200", "53300", "58030", "25006",
        "25P03", "55P03", "57014", "40001", "40P01"
      })
  void troubleOfTheDatabaseShouldPassSomeTime(String state) {
    RookeryException seen =
        ErrorTranslation.translate(
            new IllegalStateException(new SQLException("the server's own words", state)));
    assertThat(seen.code()).isEqualTo(CommonErrors.UNAVAILABLE);
    assertThat(seen.retryAfter()).isPositive();
    assertThat(seen).hasMessageNotContaining("own words");
  }

  /** Somebody removed it since it was looked at. */
  @Test
  void whatRefersToSomethingThatIsGoneShouldBeAConflict() {
    RookeryException seen =
        ErrorTranslation.translate(new SQLException("the server's own words", "23503"));
    assertThat(seen.code()).isEqualTo(CommonErrors.CONFLICT);
    assertThat(seen).hasMessageNotContaining("own words");
  }

  /** A NUL in a text or in JSON, a date that is too far away: the caller's to mend. */
  @ParameterizedTest
  @CsvSource({"22021,U+0000", "22P05,U+0000", "22008,year"})
  void whatTheDatabaseCannotKeepShouldBeAnInvalidRequest(String state, String told) {
    RookeryException seen =
        ErrorTranslation.translate(
            new IllegalStateException(new SQLException("the server's own words", state)));
    assertThat(seen.code()).isEqualTo(CommonErrors.INVALID_REQUEST);
    assertThat(seen).hasMessageContaining(told).hasMessageNotContaining("own words");
  }

  @Test
  void aPoolWithoutAFreeConnectionShouldPassSomeTime() {
    RookeryException seen =
        ErrorTranslation.translate(new SQLTransientConnectionException("timed out"));
    assertThat(seen.code()).isEqualTo(CommonErrors.UNAVAILABLE);
    assertThat(seen.retryAfter()).isPositive();
  }

  @Test
  void aStatementThatIsWrongShouldStayAnErrorOfOurs() {
    assertThat(ErrorTranslation.translate(new SQLException("syntax", "42601")).code())
        .isEqualTo(CommonErrors.INTERNAL);
  }
}
