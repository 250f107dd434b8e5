// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.api.mailboxes.Ramp;
import io.rookery.api.mailboxes.SendingPauses.Scope;
import io.rookery.api.sending.MailboxStandings.Standing;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import io.rookery.rest.internal.dto.MailboxDtos.MailboxRequest;
import io.rookery.rest.internal.dto.RampDtos.RampRequest;
import io.rookery.rest.internal.dto.RampDtos.StandingView;
import io.rookery.rest.internal.dto.SendingPauseDtos.PauseRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RampDtosTest {

  @Test
  void aPlanOrNumbersShouldGiveARampAndNoneShouldEndIt() {
    assertThat(data(new RampRequest("fast", null, null, null)).ramp()).contains(Ramp.FAST);
    assertThat(data(new RampRequest(null, 3, 40, 20)).ramp()).contains(new Ramp(3, 40, 20));
    assertThat(data(new RampRequest("none", null, null, null)).ramp()).isEmpty();
    assertThat(data(null).ramp()).isNull();
  }

  private static MailboxData data(RampRequest ramp) {
    return new MailboxRequest(null, null, null, null, null, null, null, null, ramp, null).toData();
  }

  @ParameterizedTest
  @CsvSource({
    "quick, , , , /ramp/plan",
    "10-500/42, , , , /ramp/plan",
    "fast, 1, 2, 3, /ramp/plan",
    ", 5, , , /ramp/to /ramp/days",
    ", , , , /ramp/from /ramp/to /ramp/days",
    ", 5, 4, 30, /ramp",
    ", 5, 50, 1, /ramp",
    ", 0, 50, 9, /ramp"
  })
  void whatIsNoRampShouldBeRefusedByItsPlace(
      String plan, Integer from, Integer to, Integer days, String pointers) {
    RampRequest wrong = new RampRequest(plan, from, to, days);
    assertThatThrownBy(() -> data(wrong))
        .isInstanceOfSatisfying(
            RookeryException.class,
            e ->
                assertThat(e.errors().stream().map(FieldError::pointer))
                    .containsExactly(pointers.split(" ")));
  }

  @Test
  void aStandingShouldBeShownWithItsRoom() {
    JsonNode shown =
        new ObjectMapper()
            .valueToTree(StandingView.of(new Standing(50, 4, 12, 7, 0.123456, "domain")));
    assertThat(shown.path("room").asInt()).isEqualTo(38);
    assertThat(shown.path("health").asDouble()).isEqualTo(0.123);
    assertThat(StandingView.of(null)).isNull();
    assertThat(new Standing(50, null, 51, 0, 1, null).room()).isZero();
  }

  @Test
  void aPauseShouldNeedItsScopeAndAReason() {
    assertThat(new PauseRequest(Scope.TENANT, null, "Because").checked().reason())
        .isEqualTo("Because");
    PauseRequest wrong = new PauseRequest(null, "x".repeat(254), " ");
    assertThatThrownBy(wrong::checked)
        .isInstanceOfSatisfying(
            RookeryException.class,
            e ->
                assertThat(e.errors().stream().map(FieldError::pointer))
                    .containsExactly("/scope", "/reason", "/domain"));
  }
}
