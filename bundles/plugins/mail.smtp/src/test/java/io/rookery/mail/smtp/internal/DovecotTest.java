// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.BackendException.Kind;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.testkit.mail.DirectEgress;
import io.rookery.testkit.mail.ListSource;
import io.rookery.testkit.mail.RecordingOutcomes;
import io.rookery.testkit.mail.ScriptedSmtpServer;
import io.rookery.testkit.mail.TestMessages;
import io.rookery.testkit.oauth.TokenServer;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Access tokens at Dovecot, which asks our token server whose they are. */
@Tag("peer")
@Timeout(120)
class DovecotTest {

  private static final String USER = "sender@rookery.example";

  private final TokenServer tokens = new TokenServer("unused", "unused", null, Clock.systemUTC());
  private final ScriptedSmtpServer relay = new ScriptedSmtpServer();
  private final SmtpBackend backend = new SmtpBackend(new DirectEgress());
  private DovecotSubmission dovecot;

  @BeforeEach
  void start() throws Exception {
    dovecot = new DovecotSubmission(tokens.introspectionEndpoint(), relay.port());
  }

  @AfterEach
  void stop() throws Exception {
    backend.close();
    if (dovecot != null) {
      dovecot.close();
    }
    relay.close();
    tokens.close();
  }

  private Account account(String mechanism, String token) {
    Account open =
        Accounts.on(dovecot.port(), "host", "127.0.0.1", "plain_auth", "true", "auth", mechanism);
    return Accounts.withToken(open, token);
  }

  /**
   * Sends three messages, each in a call of its own: Dovecot 2.3.19 panics when a further MAIL
   * comes with the end of the content before (RFC 2920 allows that), which is no matter of tokens.
   */
  private void send(Account account) throws Exception {
    for (int i = 0; i < 3; i++) {
      RecordingOutcomes outcomes = new RecordingOutcomes();
      backend.send(account, new ListSource(TestMessages.some(1)), outcomes);
      assertThat(outcomes.statuses()).as(dovecot.log()).containsExactly(Status.ACCEPTED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"xoauth2", "oauthbearer"})
  void dovecotShouldTakeATokenAndRefuseOneThatIsGone(String mechanism) throws Exception {
    String token = tokens.accessToken(USER);
    Account account = account(mechanism, token);
    backend.check(account);
    send(account);
    assertThat(relay.received()).hasSize(3);

    tokens.revoke(USER);
    BackendException refused =
        catchThrowableOfType(BackendException.class, () -> backend.check(account));
    assertThat(refused.kind()).as(dovecot.log()).isEqualTo(Kind.AUTHENTICATION);
    assertThat(refused.reply().code()).isEqualTo(535);
    assertThat(refused.getMessage() + refused.reply()).doesNotContain(token);
    // Who is signed in stays so: the connection that is kept goes on.
    send(account);
    assertThat(relay.received()).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"xoauth2", "oauthbearer"})
  void dovecotShouldTakeATokenThatIsTooLongForTheCommand(String mechanism) {
    Account account = account(mechanism, "x".repeat(3000));
    BackendException refused =
        catchThrowableOfType(BackendException.class, () -> backend.check(account));
    assertThat(refused.kind()).isEqualTo(Kind.AUTHENTICATION);
    assertThat(refused.reply().code()).isEqualTo(535);
  }

  @Test
  void dovecotShouldNotCountATokenAsRefusedThatItCannotAskAbout() throws Exception {
    Account account = account("xoauth2", tokens.accessToken(USER));
    tokens.close();
    BackendException later =
        catchThrowableOfType(BackendException.class, () -> backend.check(account));
    assertThat(later.kind()).as(dovecot.log()).isEqualTo(Kind.CONNECTION);
  }
}
