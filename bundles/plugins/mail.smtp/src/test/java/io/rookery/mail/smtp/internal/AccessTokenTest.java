// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.BackendException.Kind;
import io.rookery.spi.mail.OAuth2;
import io.rookery.spi.plugin.Secret;
import io.rookery.testkit.mail.ListSource;
import io.rookery.testkit.mail.ScriptedSmtpServer;
import io.rookery.testkit.mail.SmtpStage;
import io.rookery.testkit.mail.SmtpStep;
import io.rookery.testkit.mail.TestMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in with access tokens. */
@Timeout(30)
class AccessTokenTest {

  private static final String USER = "sender@rookery.example";
  private static final String TOKEN = "ya29.t0ken-of_a.Mailbox~+/=";

  private static Account account(Rig rig, String token, String... settings) {
    List<String> all = new ArrayList<>(List.of("plain_auth", "true"));
    all.addAll(List.of(settings));
    return Accounts.withToken(Accounts.on(rig.server.port(), all.toArray(String[]::new)), token);
  }

  private static void send(Rig rig, Account account) throws Exception {
    rig.backend.send(account, new ListSource(TestMessages.some(3)), rig.outcomes);
  }

  private static BackendException failure(Rig rig, Account account) {
    BackendException thrown =
        catchThrowableOfType(BackendException.class, () -> send(rig, account));
    assertThat(thrown).isNotNull();
    assertThat(thrown.getMessage() + thrown.reply()).doesNotContain(TOKEN);
    assertThat(rig.outcomes.waits()).isEmpty();
    assertThat(rig.server.verbs()).doesNotContain("MAIL");
    return thrown;
  }

  private static List<String> lines(Rig rig) {
    return rig.server.commands().stream().map(ScriptedSmtpServer.Command::line).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "XOAUTH2, auto",
    "OAUTHBEARER, auto",
    "XOAUTH2 OAUTHBEARER, oauthbearer",
    "OAUTHBEARER XOAUTH2, xoauth2",
    "XOAUTH2, plain",
    "OAUTHBEARER, login"
  })
  void theTokenShouldSignInAsTheMailboxAddress(String offered, String auth) throws Exception {
    try (Rig rig = new Rig()) {
      rig.server.accessToken(USER, TOKEN, offered.split(" "));
      send(rig, account(rig, TOKEN, "auth", auth));
      assertThat(rig.server.received()).hasSize(3);
      String mechanism = auth.matches("x?oauth.*") ? auth.toUpperCase(Locale.ROOT) : offered;
      assertThat(lines(rig).get(1)).startsWith("AUTH " + mechanism + " ");
    }
  }

  /** As where a mailbox that was connected goes back to its password. */
  @ParameterizedTest
  @ValueSource(strings = {"xoauth2", "oauthbearer"})
  void aMechanismOfTokensShouldNotKeepAPasswordFromSigningIn(String auth) throws Exception {
    try (Rig rig = new Rig()) {
      rig.server.credentials(USER, "hunter2");
      Account open = Accounts.on(rig.server.port(), "plain_auth", "true", "auth", auth);
      send(rig, Accounts.signedIn(open, USER, "hunter2"));
      assertThat(rig.server.received()).hasSize(3);
      assertThat(lines(rig).get(1)).startsWith("AUTH PLAIN ");
    }
  }

  @Test
  void theExampleOfTheProvidersPageShouldComeOutAsItStandsThere() throws Exception {
    try (Rig rig = new Rig()) {
      rig.server.accessToken(
          "someuser@example.com", "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg", "XOAUTH2");
      Account account =
          account(
              rig,
              "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg",
              "username",
              "someuser@example.com");
      send(rig, account);
      assertThat(lines(rig).get(1))
          .isEqualTo(
              "AUTH XOAUTH2 dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRx"
                  + "bVRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ==");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"XOAUTH2", "OAUTHBEARER"})
  void aLongTokenShouldFollowTheCommand(String mechanism) throws Exception {
    String token = TOKEN + "x".repeat(2000);
    try (Rig rig = new Rig()) {
      rig.server.accessToken(USER, token, mechanism);
      send(rig, account(rig, token));
      assertThat(rig.server.received()).hasSize(3);
      assertThat(lines(rig).get(1)).isEqualTo("AUTH " + mechanism);
    }
  }

  @ParameterizedTest
  @CsvSource({"XOAUTH2, ''", "OAUTHBEARER, AQ=="})
  void aChallengeShouldBeAcknowledgedBeforeTheTokenCountsAsRefused(
      String mechanism, String acknowledgement) {
    try (Rig rig = new Rig()) {
      rig.server.accessToken(USER, "another", mechanism);
      BackendException e = failure(rig, account(rig, TOKEN));
      assertThat(e.kind()).isEqualTo(Kind.AUTHENTICATION);
      assertThat(e).hasMessageStartingWith("The server refuses the access token");
      assertThat(e.getMessage()).doesNotContain(USER);
      assertThat(e.reply().code()).isEqualTo(535);
      assertThat(e.reply().text()).isEqualTo("Wrong: ••••");
      assertThat(lines(rig).get(2)).isEqualTo(acknowledgement);
    }
  }

  @Test
  void aRefusalWithoutAChallengeShouldCountTheSame() {
    try (Rig rig = new Rig()) {
      rig.server.accessToken(USER, TOKEN, "XOAUTH2");
      rig.server.always(
          SmtpStage.AUTH, SmtpStep.reply("535 5.7.3 Authentication unsuccessful " + TOKEN));
      BackendException e = failure(rig, account(rig, TOKEN));
      assertThat(e.kind()).isEqualTo(Kind.AUTHENTICATION);
      assertThat(e.reply().enhancedCode()).isEqualTo("5.7.3");
    }
  }

  @Test
  void aServerThatCannotCheckTheTokenNowShouldNotCountAsRefusing() {
    try (Rig rig = new Rig()) {
      rig.server.accessToken(USER, TOKEN, "XOAUTH2");
      rig.server.always(SmtpStage.AUTH, SmtpStep.reply("454 4.7.0 Try again later"));
      assertThat(failure(rig, account(rig, TOKEN)).kind()).isEqualTo(Kind.CONNECTION);
    }
  }

  @Test
  void aServerThatGoesOnAskingShouldNotCountAsRefusing() {
    try (Rig rig = new Rig()) {
      rig.server.accessToken(USER, TOKEN, "XOAUTH2");
      rig.server.always(SmtpStage.AUTH, SmtpStep.reply("334 \r\n334 "));
      assertThat(failure(rig, account(rig, TOKEN)).kind()).isEqualTo(Kind.CONNECTION);
    }
  }

  @Test
  void aTokenShouldNotBeShownInClear() {
    try (Rig rig = new Rig()) {
      rig.server.accessToken(USER, TOKEN, "XOAUTH2");
      Account open = Accounts.withToken(Accounts.on(rig.server.port()), TOKEN);
      assertThat(failure(rig, open).kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(rig.server.verbs()).doesNotContain("AUTH");
    }
  }

  @Test
  void aPasswordShouldNeverGoWhereATokenIsMeant() {
    try (Rig rig = new Rig()) {
      rig.server.credentials(USER, TOKEN);
      assertThat(failure(rig, account(rig, TOKEN)))
          .hasMessage("The server does not offer to sign in by XOAUTH2 or OAUTHBEARER");
      assertThat(failure(rig, account(rig, TOKEN, "auth", "plain")))
          .hasMessage("The server does not offer to sign in by XOAUTH2 or OAUTHBEARER");
      assertThat(rig.server.verbs()).doesNotContain("AUTH");
    }
  }

  @Test
  void aMailboxWithoutATokenShouldNotConnectAtAll() {
    try (Rig rig = new Rig()) {
      Account without =
          new Account(
              rig.account.tenantId(),
              rig.account.id(),
              rig.account.address(),
              account(rig, TOKEN).settings(),
              Map.of("password", Secret.of("p")),
              1);
      assertThat(failure(rig, without).kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(rig.server.connections()).isZero();
    }
  }

  /** The provider renews tokens each hour; a session that is signed in outlives its token. */
  @Test
  void aRenewedTokenShouldLeaveConnectionsOpenAndServeFurtherOnes() throws Exception {
    try (Rig rig = new Rig()) {
      rig.server.accessToken(USER, TOKEN, "XOAUTH2");
      Account first = account(rig, TOKEN);
      send(rig, first);
      rig.server.accessToken(USER, "renewed", "XOAUTH2");
      Account renewed =
          new Account(
              first.tenantId(),
              first.id(),
              first.address(),
              first.settings(),
              Map.of(OAuth2.ACCESS_TOKEN, Secret.of("renewed")),
              first.epoch());
      send(rig, renewed);
      assertThat(rig.server.connections()).isEqualTo(1);
      rig.backend.release(first.id());
      send(rig, renewed);
      assertThat(rig.server.connections()).isEqualTo(2);
      assertThat(rig.server.received()).hasSize(9);
    }
  }
}
