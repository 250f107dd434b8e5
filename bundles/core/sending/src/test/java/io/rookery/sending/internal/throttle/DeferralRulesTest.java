// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.sending.internal.throttle.Deferral.Scope;
import io.rookery.spi.mail.Reply;
import io.rookery.spi.mail.Reply.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeferralRulesTest {

  private final DeferralRules rules = DeferralRules.bundled();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "421 | 4.7.28 | We see an unusual rate of mail from your address | DOMAIN | true",
        "421 | 4.7.0  | Unusual rate of unsolicited mail; rate limited | DOMAIN | true",
        "421 | 4.7.26 | This mail has been rate limited as it is unauthenticated | DOMAIN | true",
        "421 | 4.7.32 | Rate limited, From is not aligned | DOMAIN | true",
        "421 | 4.4.5  | Server busy, try again later | DOMAIN | true",
        "450 | 4.2.1  | This user gets mail at a rate that prevents more | RECIPIENT | false",
        "452 | 4.2.2  | The account is over quota | RECIPIENT | false",
        "452 |        | Mailbox full | RECIPIENT | false",
        "450 | 4.1.1  | Recipient could not be verified yet | RECIPIENT | false",
        "421 | 4.7.0  | [TSS04] Messages temporarily deferred | DOMAIN | true",
        "451 |        | Deferred due to unexpected volume or user complaints - 4.16.55.1 | DOMAIN | true",
        "421 | 4.16.55 | Deferred | DOMAIN | true",
        "451 | 4.7.500 | Server busy. Please try again later | DOMAIN | true",
        "451 | 4.7.650 | The mail server has been temporarily rate limited | DOMAIN | true",
        "421 |        | RP-001 The mail server exceeded the rate limit | DOMAIN | true",
        "450 | 4.7.1  | Greylisted, come again in 300 seconds | MESSAGE | false",
        "451 | 4.7.1  | Greylisting in action, please come back later | MESSAGE | false",
        "450 | 4.2.0  | Recipient address rejected: Greylisted | MESSAGE | false",
        "452 | 4.5.3  | Too many recipients | MESSAGE | false",
        "452 | 4.5.3  | Too many messages on this connection | ACCOUNT | true",
        "454 | 4.7.0  | Too many login attempts | ACCOUNT | true",
        "421 | 4.7.0  | Too many concurrent connections from your address | ACCOUNT | true",
        "421 |        | Connection rate limit exceeded | ACCOUNT | true",
        "450 | 4.7.1  | Sender address rejected: too many messages from sender | ACCOUNT | true",
        "451 | 4.7.1  | Your hourly sending limit is reached | ACCOUNT | true",
        "450 | 4.7.25 | Client host rejected: cannot find your reverse hostname | DOMAIN | false",
        "451 | 4.7.1  | Please slow down | DOMAIN | true",
        "450 |        | Too many messages, throttled | DOMAIN | true",
        "452 | 4.3.1  | Insufficient system storage | ACCOUNT | true",
        "421 | 4.3.2  | System not accepting network messages | ACCOUNT | true",
        "451 | 4.3.0  | Temporary system problem | UNCLEAR | false",
        "450 | 4.4.1  | No answer from the host | ROUTE | false",
        "451 | 4.4.3  | Name server gives no answer | ROUTE | false",
        "450 | 4.1.8  | Sender's domain does not resolve | ACCOUNT | false",
        "421 |        | Service closing | ACCOUNT | true",
        "429 |        | Too Many Requests | ACCOUNT | true",
        "451 |        | Local error | UNCLEAR | false",
      })
  void whatARefusalIsAboutShouldBeReadOffIt(
      int code, String status, String words, Scope scope, boolean slows) {
    Reply reply = new Reply(Stage.RECIPIENT, code, status, words);
    assertThat(rules.read(reply)).isEqualTo(new Deferral(scope, slows));
  }

  @Test
  void whatIsRefusedBeforeTheRecipientIsNamedShouldBeAboutTheAccount() {
    Reply rate = new Reply(Stage.SENDER, 451, "4.7.1", "Please slow down");
    Reply unclear = new Reply(Stage.GREETING, 450, null, "Not now");
    assertThat(rules.read(rate)).isEqualTo(new Deferral(Scope.ACCOUNT, true));
    assertThat(rules.read(unclear)).isEqualTo(new Deferral(Scope.ACCOUNT, false));
  }

  @Test
  void greylistingShouldStayAboutItsMessageAtAnyStage() {
    Reply reply = new Reply(Stage.SENDER, 451, "4.7.1", "Greylisted for five minutes");
    assertThat(rules.read(reply)).isEqualTo(new Deferral(Scope.MESSAGE, false));
  }
}
