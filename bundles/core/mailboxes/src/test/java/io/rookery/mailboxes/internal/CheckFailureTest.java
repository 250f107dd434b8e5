// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.BackendException.Kind;
import io.rookery.spi.mail.Reply;
import io.rookery.spi.mail.Reply.Stage;
import org.junit.jupiter.api.Test;

class CheckFailureTest {

  private static String told(Reply reply) {
    BackendException e = new BackendException(Kind.AUTHENTICATION, "It refuses", reply, null);
    return CheckFailure.of(e).getMessage();
  }

  @Test
  void aServersWordsShouldBeToldFromBeyondItsGreetingOnly() {
    assertThat(told(null)).isEqualTo("It refuses");
    assertThat(told(new Reply(Stage.GREETING, 554, null, "redis_version:7")))
        .isEqualTo("It refuses");
    assertThat(
            told(new Reply(Stage.SIGN_IN, 535, "5.7.139", "SmtpClientAuthentication is disabled")))
        .isEqualTo("It refuses; it says: 535 5.7.139 SmtpClientAuthentication is disabled");
    assertThat(told(new Reply(Stage.SIGN_IN, 535, null, "No")))
        .isEqualTo("It refuses; it says: 535 No");
  }

  @Test
  void aLongAnswerShouldBeCut() {
    assertThat(told(new Reply(Stage.SIGN_IN, 535, null, "x".repeat(400))))
        .hasSizeLessThan(350)
        .endsWith("x…");
  }
}
