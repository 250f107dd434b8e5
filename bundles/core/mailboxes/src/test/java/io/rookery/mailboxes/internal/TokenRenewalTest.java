// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rookery.api.mailboxes.Mailbox;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.OAuth2;
import io.rookery.spi.plugin.EgressRefusedException;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import io.rookery.testkit.oauth.TokenFault;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of access tokens as time goes by. */
@Timeout(60)
class TokenRenewalTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("mailboxes");

  private final TenantContext context = DATABASE.tenant();
  private OAuthWorld world;
  private Mailbox mailbox;
  private int asked;

  @BeforeEach
  void connect() {
    world = new OAuthWorld(DATABASE, Duration.ofSeconds(2));
    mailbox = world.connected(context);
    asked = world.provider.requests();
  }

  @AfterEach
  void end() {
    world.close();
  }

  private Secret token() {
    return token(world.service);
  }

  private Secret token(MailboxServiceImpl service) {
    return service.account(context, mailbox.id()).credentials().get(OAuth2.ACCESS_TOKEN);
  }

  private int requests() {
    return world.provider.requests() - asked;
  }

  private Mailbox now() {
    return world.service.get(context, mailbox.id());
  }

  @Test
  void aTokenShouldServeUntilFiveMinutesBeforeItsEnd() {
    Secret first = token();
    world.clock.move(Duration.ofMinutes(54));
    assertThat(token()).isEqualTo(first);
    assertThat(requests()).isZero();

    world.clock.move(Duration.ofMinutes(1));
    Account renewed = world.service.account(context, mailbox.id());
    assertThat(renewed.credentials().get(OAuth2.ACCESS_TOKEN)).isNotEqualTo(first);
    assertThat(requests()).isEqualTo(1);
    assertThat(token(world.otherService)).isEqualTo(token());
    assertThat(requests()).isEqualTo(1);
    // Connections that are signed in stay open: see OAuth2.
    assertThat(renewed.epoch()).isEqualTo(mailbox.version());
  }

  @Test
  void aRefreshTokenThatIsReplacedShouldBeKept() {
    world.provider.rotating();
    for (int hour = 0; hour < 5; hour++) {
      world.clock.move(Duration.ofHours(1));
      assertThat(world.provider.userOf(token().reveal())).isEqualTo(OAuthWorld.ADDRESS);
    }
    assertThat(requests()).isEqualTo(5);
  }

  /** Each renewal voids the refresh token before, so a second one would lose the consent. */
  @Test
  void manyOnTwoNodesShouldAskOnceAndLoseNothing() throws Exception {
    world.provider.rotating();
    for (int hour = 1; hour <= 10; hour++) {
      world.clock.move(Duration.ofHours(1));
      List<Callable<Secret>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(() -> orNone(world.service));
        calls.add(() -> orNone(world.otherService));
      }
      ExecutorService threads = Executors.newFixedThreadPool(calls.size());
      try {
        for (Future<Secret> call : threads.invokeAll(calls)) {
          if (call.get() != null) {
            assertThat(world.provider.userOf(call.get().reveal())).isEqualTo(OAuthWorld.ADDRESS);
          }
        }
      } finally {
        threads.shutdownNow();
      }
      assertThat(requests()).isEqualTo(hour);
      assertThat(token()).isEqualTo(token(world.otherService));
    }
    assertThat(now().pausedReason()).isNull();
  }

  /** A node that finds the other one renewing has the lane try again in some seconds. */
  private Secret orNone(MailboxServiceImpl service) {
    try {
      return token(service);
    } catch (RookeryException e) {
      assertThat(e.code().name()).isEqualTo("unavailable");
      return null;
    }
  }

  @Test
  void aWithdrawnConsentShouldPauseTheMailboxUntilANewOne() {
    Secret before = token();
    world.provider.revoke(OAuthWorld.ADDRESS);
    world.clock.move(Duration.ofHours(1));

    assertNotConnected(this::token);

    Mailbox paused = now();
    assertThat(paused.pausedReason()).isEqualTo(MailboxCredentials.LOST);
    assertThat(paused.version()).isGreaterThan(mailbox.version());
    assertThat(world.consents.get(context, mailbox.id()).consentedAt()).isNull();
    assertThat(world.consents.get(context, mailbox.id()).provider()).isEqualTo("acme");
    // Whoever resumes it without a consent changes nothing, and nobody is asked again.
    world.service.resume(context, mailbox.id());
    int askedSoFar = requests();
    assertNotConnected(this::token);
    assertThat(requests()).isEqualTo(askedSoFar);
    assertThat(world.eventTypes()).containsOnlyOnce("mailbox.authorization_lost");

    world.service.pause(context, mailbox.id(), MailboxCredentials.LOST);
    world.connect(context, mailbox.id());
    assertThat(now().pausedReason()).isNull();
    assertThat(token()).isNotEqualTo(before);
  }

  /** What the provider says of the tokens before says nothing of those that came meanwhile. */
  @Test
  void aConsentGivenWhileARenewalIsRefusedShouldCount() {
    world.clock.move(Duration.ofHours(1));
    world.provider.meanwhile(
        () -> {
          world.provider.revoke(OAuthWorld.ADDRESS);
          world.connect(context, mailbox.id());
        });
    assertThat(world.provider.userOf(token().reveal())).isEqualTo(OAuthWorld.ADDRESS);
    assertThat(now().pausedReason()).isNull();
    assertThat(world.eventTypes()).doesNotContain("mailbox.authorization_lost");
  }

  /** A seal that comes while the provider answers costs the renewal, never the consent. */
  @Test
  void aStoreThatIsSealedWhileARenewalIsOutShouldPutOff() {
    world.clock.move(Duration.ofHours(1));
    world.provider.meanwhile(() -> world.secrets.seal(true));
    assertUnavailable(this::token);
    world.secrets.seal(false);
    world.clock.move(Duration.ofMinutes(1));
    assertThat(world.provider.userOf(token().reveal())).isEqualTo(OAuthWorld.ADDRESS);
    assertThat(now()).isEqualTo(mailbox);
  }

  @Test
  void whatSomebodyPausedByHandShouldStaySoAfterANewConsent() {
    world.service.pause(context, mailbox.id(), "On holiday");
    world.provider.revoke(OAuthWorld.ADDRESS);
    world.clock.move(Duration.ofHours(1));
    assertNotConnected(this::token);
    assertThat(now().pausedReason()).isEqualTo("On holiday");
    world.connect(context, mailbox.id());
    assertThat(now().pausedReason()).isEqualTo("On holiday");
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void aProviderThatFailsShouldPutOffAndNeverPause(TokenFault fault) {
    Secret old = token();
    world.clock.move(Duration.ofMinutes(57));
    world.provider.fail(fault);
    // With three minutes left the token that is there will do.
    assertThat(token()).isEqualTo(old);

    world.clock.move(Duration.ofMinutes(2));
    RookeryException e = catchThrowableOfType(RookeryException.class, this::token);
    assertThat(e.code().name()).isEqualTo("unavailable");
    assertThat(e.retryAfter()).isPositive();
    assertThat(e.getMessage()).doesNotContain("hotel", "xxxx", "refresh-", "access-");
    assertThat(now()).isEqualTo(mailbox);

    world.provider.fail(TokenFault.NONE);
    assertThat(world.provider.userOf(token().reveal())).isEqualTo(OAuthWorld.ADDRESS);
    assertThat(world.eventTypes()).doesNotContain("mailbox.authorization_lost");
  }

  @Test
  void aProviderOutOfReachShouldPutOffToo() {
    world.clock.move(Duration.ofHours(1));
    world.node.egress.failWith(new ConnectException("Refused"));
    assertUnavailable(this::token);
    world.node.egress.failWith(new EgressRefusedException("Not there"));
    assertUnavailable(this::token);
    world.node.egress.failWith(null);
    assertThat(token()).isNotNull();
    assertThat(now()).isEqualTo(mailbox);
  }

  @Test
  void aSealedStoreShouldStopTheMailboxAndLoseNothing() {
    world.secrets.seal(true);
    assertUnavailable(this::token);
    world.clock.move(Duration.ofHours(1));
    assertUnavailable(this::token);
    world.secrets.seal(false);
    assertThat(world.provider.userOf(token().reveal())).isEqualTo(OAuthWorld.ADDRESS);
    assertThat(now()).isEqualTo(mailbox);
  }

  /** A node that died while it renewed leaves its claim behind. */
  @Test
  void aClaimShouldHoldForAMinute() {
    world.clock.move(Duration.ofHours(1));
    claim();
    assertUnavailable(this::token);
    assertThat(requests()).isZero();
    world.clock.move(Duration.ofSeconds(60));
    assertThat(token()).isNotNull();
  }

  /**
   * What a slow renewal gave is all there is: the refresh token that the other node has claimed is
   * void by then.
   */
  @Test
  void aRenewalSlowerThanItsClaimShouldBeKept() {
    world.provider.rotating();
    world.clock.move(Duration.ofHours(1));
    world.provider.meanwhile(this::claimElsewhere);
    Secret renewed = token();
    assertThat(world.provider.userOf(renewed.reveal())).isEqualTo(OAuthWorld.ADDRESS);
    assertThat(requests()).isEqualTo(1);
    assertThat(token(world.otherService)).isEqualTo(renewed);
    world.clock.move(Duration.ofHours(1));
    assertThat(world.provider.userOf(token(world.otherService).reveal()))
        .isEqualTo(OAuthWorld.ADDRESS);
    assertThat(now()).isEqualTo(mailbox);
  }

  private void claimElsewhere() {
    world.clock.move(Duration.ofSeconds(61));
    claim();
  }

  private void claim() {
    String key = context.tenantId() + "/oauth/" + mailbox.id();
    Map<String, Secret> fields = new HashMap<>(world.secrets.kept.get(key).fields());
    fields.put("claimed_until", Secret.of(world.clock.instant().plusSeconds(60).toString()));
    world.secrets.write(context, "oauth/" + mailbox.id(), new SecretData(fields), "test");
  }

  @Test
  void aCheckShouldRenewATokenThatTheServerRefuses() throws Exception {
    String key = context.tenantId() + "/oauth/" + mailbox.id();
    Map<String, Secret> fields = new HashMap<>(world.secrets.kept.get(key).fields());
    fields.put("access_token", Secret.of("stale"));
    world.secrets.write(context, "oauth/" + mailbox.id(), new SecretData(fields), "test");
    world.service.check(context, mailbox.id());
    assertThat(requests()).isEqualTo(1);
    world.service.check(context, mailbox.id());
    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void aCheckShouldSayThatTheAccountIsAnotherOne() {
    world.consents.complete(
        OAuthWorld.answer(
            world.provider.consent(world.begin(context, mailbox.id()), "other@example.com")));
    assertThatThrownBy(() -> world.service.check(context, mailbox.id()))
        .isInstanceOfSatisfying(
            RookeryException.class,
            e -> assertThat(e.code().name()).isEqualTo("mailboxes.check_failed"));
    assertThat(now().pausedReason()).isNull();
  }

  @Test
  void aCheckShouldFindAConsentThatIsGone() {
    world.provider.revoke(OAuthWorld.ADDRESS);
    assertNotConnected(() -> world.service.check(context, mailbox.id()));
    assertThat(now().pausedReason()).isEqualTo(MailboxCredentials.LOST);
  }

  /** As the sending line says when a server refuses a token that has not expired yet. */
  @Test
  void aRefusedTokenShouldShowWhetherTheConsentIsGone() {
    Account account = world.service.account(context, mailbox.id());
    world.service.refused(context, account);
    assertThat(requests()).isEqualTo(1);
    // It is another one by now: the refusal says nothing of that.
    world.service.refused(context, account);
    assertThat(requests()).isEqualTo(1);
    assertThat(now().pausedReason()).isNull();

    world.provider.revoke(OAuthWorld.ADDRESS);
    world.service.refused(context, world.service.account(context, mailbox.id()));
    assertThat(now().pausedReason()).isEqualTo(MailboxCredentials.LOST);
    assertThat(world.eventTypes()).containsOnlyOnce("mailbox.authorization_lost");
  }

  private static void assertNotConnected(ThrowingCallable call) {
    assertCode("mailboxes.not_connected", call);
  }

  private static void assertUnavailable(ThrowingCallable call) {
    assertCode("unavailable", call);
  }

  private static void assertCode(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RookeryException.class, e -> assertThat(e.code().name()).isEqualTo(code));
  }
}
