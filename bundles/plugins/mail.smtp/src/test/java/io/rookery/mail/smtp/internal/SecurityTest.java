// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.BackendException.Kind;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.testkit.mail.ListSource;
import io.rookery.testkit.mail.SmtpStage;
import io.rookery.testkit.mail.SmtpStep;
import io.rookery.testkit.mail.TestCertificate;
import io.rookery.testkit.mail.TestMessages;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** TLS and signing in. */
@Timeout(30)
class SecurityTest {

  private static final String PASSWORD = "s3cret-word";
  private static TestCertificate certificate;

  @BeforeAll
  static void makeCertificate() {
    certificate = TestCertificate.forHost("localhost");
  }

  private static Rig rig() {
    return new Rig(certificate.client(), Duration.ofSeconds(10));
  }

  private static Account account(Rig rig, String... settings) {
    return Accounts.signedIn(Accounts.on(rig.server.port(), settings), "user", PASSWORD);
  }

  private static void send(Rig rig, Account account) throws Exception {
    rig.backend.send(account, new ListSource(TestMessages.some(3)), rig.outcomes);
  }

  private static BackendException failure(Rig rig, Account account) {
    BackendException[] thrown = new BackendException[1];
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> send(rig, account))
        .satisfies(e -> thrown[0] = e);
    assertThat(rig.outcomes.waits()).isEmpty();
    assertThat(rig.server.verbs()).doesNotContain("MAIL");
    return thrown[0];
  }

  @Test
  void startTlsShouldProtectTheSignInAndAskForExtensionsAgain() throws Exception {
    try (Rig rig = rig()) {
      rig.server.startTls(certificate).credentials("user", PASSWORD);
      send(rig, account(rig, "security", "starttls"));
      assertThat(rig.server.received()).hasSize(3);
      assertThat(rig.server.verbs()).startsWith("EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL");
    }
  }

  @Test
  void tlsFromTheStartShouldWork() throws Exception {
    try (Rig rig = rig()) {
      rig.server.implicitTls(certificate).credentials("user", PASSWORD);
      send(rig, account(rig, "security", "tls", "auth", "login"));
      assertThat(rig.server.received()).hasSize(3);
    }
  }

  @Test
  void startTlsShouldBeRequired() {
    try (Rig rig = rig()) {
      rig.server.credentials("user", PASSWORD);
      BackendException e = failure(rig, account(rig, "security", "starttls"));
      assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(e).hasMessageContaining("STARTTLS");
    }
  }

  @Test
  void aCertificateForAnotherNameShouldBeRefused() {
    TestCertificate other = TestCertificate.forHost("other.example");
    try (Rig rig = new Rig(other.client(), Duration.ofSeconds(10))) {
      rig.server.startTls(other).credentials("user", PASSWORD);
      assertCertificateRefused(rig, failure(rig, account(rig, "security", "starttls")));
    }
  }

  @Test
  void anUntrustedCertificateShouldBeRefused() {
    TestCertificate unknown = TestCertificate.forHost("localhost");
    try (Rig rig = rig()) {
      rig.server.implicitTls(unknown).credentials("user", PASSWORD);
      assertCertificateRefused(rig, failure(rig, account(rig, "security", "tls")));
    }
  }

  /** The server would have taken the sign-in, so only the certificate can be what was refused. */
  private static void assertCertificateRefused(Rig rig, BackendException e) {
    assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
    assertThat(e).hasMessageContaining("certificate").hasCauseInstanceOf(SSLException.class);
    assertThat(rig.server.verbs()).doesNotContain("AUTH");
  }

  @Test
  void repliesSlippedInBeforeTlsShouldEndTheConnection() {
    try (Rig rig = rig()) {
      rig.server.startTls(certificate);
      rig.server.always(
          SmtpStage.STARTTLS,
          peer ->
              peer.raw("220 Go on\r\n250 evil.example\r\n".getBytes(StandardCharsets.US_ASCII)));
      assertThat(failure(rig, account(rig, "security", "starttls")).kind())
          .isEqualTo(Kind.CONNECTION);
    }
  }

  @Test
  void aPasswordShouldNotBeShownInClear() {
    try (Rig rig = rig()) {
      rig.server.credentials("user", PASSWORD);
      assertThat(failure(rig, account(rig)).kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(rig.server.verbs()).doesNotContain("AUTH");
    }
  }

  @Test
  void aPasswordMayBeShownInClearWhereThatIsAsked() throws Exception {
    for (String auth : new String[] {"plain", "login"}) {
      try (Rig rig = rig()) {
        rig.server.credentials("user", PASSWORD);
        send(rig, account(rig, "plain_auth", "true", "auth", auth));
        assertThat(rig.server.received()).hasSize(3);
      }
    }
  }

  @Test
  void aServerThatRepeatsTheSecretShouldNotBeQuoted() {
    try (Rig rig = rig()) {
      rig.server.credentials("user", "another");
      BackendException e = failure(rig, account(rig, "plain_auth", "true"));
      assertThat(e.kind()).isEqualTo(Kind.AUTHENTICATION);
      assertThat(e.reply().code()).isEqualTo(535);
      assertThat(e.reply().enhancedCode()).isEqualTo("5.7.8");
      assertThat(e.reply().text()).isEqualTo("Wrong: ••••");
    }
  }

  @Test
  void noWayToSignInShouldBeAMatterOfSettings() {
    try (Rig rig = rig()) {
      assertThat(failure(rig, account(rig, "plain_auth", "true")).kind())
          .isEqualTo(Kind.CONFIGURATION);
    }
  }

  @Test
  void aSignInThatCannotBeCheckedNowShouldNotCountAsWrong() {
    try (Rig rig = rig()) {
      rig.server.credentials("user", PASSWORD);
      rig.server.always(SmtpStage.AUTH, SmtpStep.reply("454 4.7.0 Directory is down"));
      assertThat(failure(rig, account(rig, "plain_auth", "true")).kind())
          .isEqualTo(Kind.CONNECTION);
    }
  }

  @Test
  void aMissingSignInShouldNotCostTheMessage() throws Exception {
    try (Rig rig = rig()) {
      rig.server.credentials("user", PASSWORD);
      assertThatExceptionOfType(BackendException.class)
          .isThrownBy(() -> rig.send(TestMessages.some(2)))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.AUTHENTICATION));
      assertThat(rig.outcomes.statuses()).containsExactly(Status.DEFERRED);
    }
  }
}
