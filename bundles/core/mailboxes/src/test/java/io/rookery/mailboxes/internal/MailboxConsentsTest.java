// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.MailboxConsents.Consent;
import io.rookery.api.mailboxes.MailboxConsents.Ending;
import io.rookery.api.mailboxes.MailboxConsents.ProviderAnswer;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.mailboxes.internal.oauth.OAuthNode;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.OAuth2;
import io.rookery.spi.plugin.Destination;
import io.rookery.testkit.oauth.TokenFault;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connecting a mailbox, and everything else that may come to the door where that ends. */
@Timeout(60)
class MailboxConsentsTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("mailboxes");

  private final TenantContext context = DATABASE.tenant();
  private OAuthWorld world;
  private Mailbox mailbox;

  @BeforeEach
  void begin() {
    world = new OAuthWorld(DATABASE);
    mailbox = world.mailbox(context);
  }

  @AfterEach
  void end() {
    world.close();
  }

  @Test
  void aConsentShouldConnectTheMailbox() throws Exception {
    URI page = world.begin(context, mailbox.id());
    URI back = world.provider.consent(page, OAuthWorld.ADDRESS);
    assertThat(back.toString()).startsWith(OAuthNode.REDIRECT + "?");

    assertThat(world.come(back)).isEqualTo(Ending.CONNECTED);

    Mailbox connected = world.service.get(context, mailbox.id());
    assertThat(connected.settings()).containsEntry(OAuth2.SETTING, OAuth2.CHOICE);
    assertThat(connected.version()).isGreaterThan(mailbox.version());
    assertThat(world.consents.get(context, mailbox.id()))
        .isEqualTo(new Consent("acme", world.clock.instant()));
    Account account = world.service.account(context, mailbox.id());
    String token = account.credentials().get(OAuth2.ACCESS_TOKEN).reveal();
    assertThat(world.provider.userOf(token)).isEqualTo(OAuthWorld.ADDRESS);
    world.service.check(context, mailbox.id());
    assertThat(world.eventTypes()).containsExactly("mailbox.created", "mailbox.authorized");
    assertThat(world.events.toString()).doesNotContain(token, OAuthWorld.ADDRESS);
    assertThat(world.secrets.kept).containsOnlyKeys(context.tenantId() + "/oauth/" + mailbox.id());
    assertThat(world.node.egress.destinations())
        .extracting(Destination::protocol)
        .containsOnly(Destination.Protocol.HTTPS);
  }

  @Test
  void aRepeatedBeginningShouldNotShowTheAddressAgain() throws Exception {
    TenantContext keyed = context.with(new IdempotencyKey("connect", "f"));
    URI page = world.consents.start(keyed, mailbox.id(), "acme").authorizationUrl();
    assertThatThrownBy(() -> world.consents.start(keyed, mailbox.id(), "acme"))
        .isInstanceOfSatisfying(
            RookeryException.class, e -> assertThat(e.code()).isEqualTo(CommonErrors.ALREADY_DONE))
        .hasMessageContaining(mailbox.id().toString());
    URI back = world.provider.consent(page, OAuthWorld.ADDRESS);
    assertThat(world.come(back)).isEqualTo(Ending.CONNECTED);
  }

  @Test
  void theAddressShouldAskForWhatIsNeededAndHoldNothingThatIsWorthStealing() {
    URI page = world.begin(context, mailbox.id());
    Map<String, String> query = OAuthWorld.query(page);
    assertThat(query)
        .containsEntry("response_type", "code")
        .containsEntry("client_id", OAuthNode.CLIENT)
        .containsEntry("redirect_uri", OAuthNode.REDIRECT)
        .containsEntry("scope", "mail.send offline")
        .containsEntry("access_type", "offline")
        .containsEntry("code_challenge_method", "S256");
    assertThat(query.get("code_challenge")).hasSize(43);
    assertThat(page.toString()).doesNotContain(OAuthNode.CLIENT_SECRET, "code_verifier");
    assertThat(OAuthWorld.query(world.begin(context, mailbox.id())).get("state"))
        .isNotEqualTo(query.get("state"));
  }

  @Test
  void nothingOfAConsentShouldStandInTheDatabase() throws Exception {
    URI page = world.begin(context, mailbox.id());
    String begun = row();
    assertThat(begun).doesNotContain(OAuthWorld.query(page).get("state"));
    URI back = world.provider.consent(page, OAuthWorld.ADDRESS);
    world.come(back);
    String token =
        world.service.account(context, mailbox.id()).credentials().get("access_token").reveal();
    assertThat(row())
        .doesNotContain(token, "refresh-", "access-", OAuthWorld.query(back).get("code"));
  }

  @Test
  void aStateShouldServeOnce() {
    URI back = world.provider.consent(world.begin(context, mailbox.id()), OAuthWorld.ADDRESS);
    assertThat(world.come(back)).isEqualTo(Ending.CONNECTED);
    Mailbox connected = world.service.get(context, mailbox.id());
    int asked = world.provider.requests();

    assertThat(world.come(back)).isEqualTo(Ending.UNKNOWN);

    assertThat(world.service.get(context, mailbox.id())).isEqualTo(connected);
    assertThat(world.provider.requests()).isEqualTo(asked);
  }

  @Test
  void aStateShouldServeForTenMinutes() {
    URI back = world.provider.consent(world.begin(context, mailbox.id()), OAuthWorld.ADDRESS);
    world.clock.move(Duration.ofMinutes(10));
    assertUntouched(OAuthWorld.answer(back), Ending.UNKNOWN);
  }

  @Test
  void beginningAnewShouldEndWhatWasBegunBefore() {
    URI first = world.begin(context, mailbox.id());
    URI second = world.begin(context, mailbox.id());
    assertUntouched(
        OAuthWorld.answer(world.provider.consent(first, OAuthWorld.ADDRESS)), Ending.UNKNOWN);
    assertThat(world.come(world.provider.consent(second, OAuthWorld.ADDRESS)))
        .isEqualTo(Ending.CONNECTED);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "x", "../../etc", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void whoComesWithoutAStateShouldChangeNothing(String state) {
    world.begin(context, mailbox.id());
    assertUntouched(new ProviderAnswer(state, "code", null), Ending.UNKNOWN);
    assertUntouched(new ProviderAnswer(state, null, "access_denied"), Ending.UNKNOWN);
  }

  /** Whoever has a state of one's own can turn every part of it into what belongs to another. */
  @Test
  void aStateOfOneTenantShouldReachNothingOfAnother() {
    TenantContext other = DATABASE.tenant();
    Mailbox his =
        world.service.create(
            other,
            new MailboxData("eve@example.com", null, "tokens", null, null, null, null, null));
    world.begin(context, mailbox.id());
    URI back = world.provider.consent(world.begin(other, his.id()), "eve@example.com");
    ProviderAnswer answer = OAuthWorld.answer(back);
    byte[] bytes = Base64.getUrlDecoder().decode(answer.state());
    for (UUID tenant : new UUID[] {context.tenantId(), other.tenantId()}) {
      for (UUID box : new UUID[] {mailbox.id(), his.id()}) {
        if (tenant.equals(other.tenantId()) && box.equals(his.id())) {
          continue;
        }
        byte[] forged = bytes.clone();
        ByteBuffer.wrap(forged)
            .position(1)
            .putLong(tenant.getMostSignificantBits())
            .putLong(tenant.getLeastSignificantBits())
            .putLong(box.getMostSignificantBits())
            .putLong(box.getLeastSignificantBits());
        String state = Base64.getUrlEncoder().withoutPadding().encodeToString(forged);
        assertUntouched(new ProviderAnswer(state, answer.code(), null), Ending.UNKNOWN);
      }
    }
    assertThat(world.come(back)).isEqualTo(Ending.CONNECTED);
    assertThat(world.consents.get(other, his.id()).provider()).isEqualTo("acme");
  }

  @Test
  void aRefusalShouldChangeNothing() {
    URI page = world.begin(context, mailbox.id());
    assertUntouched(OAuthWorld.answer(world.provider.deny(page)), Ending.DENIED);
    assertUntouched(
        OAuthWorld.answer(world.provider.consent(page, OAuthWorld.ADDRESS)), Ending.UNKNOWN);
  }

  @Test
  void anErrorOfTheProvidersShouldChangeNothing() {
    String state = OAuthWorld.query(world.begin(context, mailbox.id())).get("state");
    assertUntouched(new ProviderAnswer(state, null, "invalid_scope"), Ending.REFUSED);
  }

  /** RFC 7636: a code that somebody else was given is worth nothing here. */
  @Test
  void aCodeThatWasBegunElsewhereShouldBeRefused() {
    URI mine = world.begin(context, mailbox.id());
    String state = OAuthWorld.query(mine).get("state");
    URI elsewhere =
        URI.create(mine.toString().replaceAll("code_challenge=[^&]*", "code_challenge=x"));
    String code =
        OAuthWorld.query(world.provider.consent(elsewhere, "mallory@example.com")).get("code");
    assertUntouched(new ProviderAnswer(state, code, null), Ending.REFUSED);
  }

  @Test
  void aConsentThatDoesNotLastShouldBeRefused() {
    world.provider.withoutRefreshTokens();
    URI back = world.provider.consent(world.begin(context, mailbox.id()), OAuthWorld.ADDRESS);
    assertUntouched(OAuthWorld.answer(back), Ending.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BUSY", "BROKEN", "GARBAGE", "HUGE", "ELSEWHERE", "UNKNOWN_CLIENT"})
  void aProviderThatFailsShouldChangeNothing(TokenFault fault) {
    URI back = world.provider.consent(world.begin(context, mailbox.id()), OAuthWorld.ADDRESS);
    world.provider.fail(fault);
    assertUntouched(OAuthWorld.answer(back), Ending.UNAVAILABLE);
  }

  @Test
  void aSealedStoreShouldChangeNothing() {
    URI back = world.provider.consent(world.begin(context, mailbox.id()), OAuthWorld.ADDRESS);
    world.secrets.seal(true);
    assertUntouched(OAuthWorld.answer(back), Ending.UNAVAILABLE);
  }

  @Test
  void onlyAKnownProviderAndABackendThatTakesTokensCanBeBegunWith() {
    assertCode("validation_failed", () -> world.consents.start(context, mailbox.id(), "google"));
    Mailbox plain =
        world.service.create(
            context,
            new MailboxData(
                "b@example.com", null, "relay", Map.of("host", "h"), null, null, null, null));
    assertCode("wrong_state", () -> world.consents.start(context, plain.id(), "acme"));
    TenantContext other = DATABASE.tenant();
    assertCode("not_found", () -> world.consents.start(other, mailbox.id(), "acme"));
    assertCode("not_found", () -> world.consents.get(other, mailbox.id()));
    assertThat(world.consents.providers()).containsExactly("acme");
  }

  @Test
  void aMailboxThatNobodyConsentedForShouldNotSend() {
    world.service.update(context, mailbox.id(), settings(Map.of(OAuth2.SETTING, OAuth2.CHOICE)), 0);
    assertCode("mailboxes.not_connected", () -> world.service.account(context, mailbox.id()));
    assertThat(world.service.get(context, mailbox.id()).pausedReason()).isNull();
  }

  /** Whoever may write a mailbox's settings must not be able to read its tokens so. */
  @ParameterizedTest
  @CsvSource({"host, smtp.evil.example", "security, none"})
  void tokensShouldNotGoWhereTheOperatorDidNotSay(String setting, String value) {
    change(setting, value);
    assertThatThrownBy(() -> world.begin(context, mailbox.id()))
        .isInstanceOfSatisfying(
            RookeryException.class,
            e ->
                assertThat(e.errors())
                    .extracting(FieldError::pointer)
                    .containsExactly("/settings/" + setting));
    world.service.update(context, mailbox.id(), settings(Map.of("host", "SMTP.acme.example")), 0);
    change("security", "starttls");
    URI page = world.begin(context, mailbox.id());
    // Changed while somebody consents, it is noticed no sooner than a token is wanted.
    change(setting, value);
    assertThat(world.come(world.provider.consent(page, OAuthWorld.ADDRESS)))
        .isEqualTo(Ending.CONNECTED);
    assertCode("wrong_state", () -> world.service.account(context, mailbox.id()));
    assertCode("wrong_state", () -> world.service.check(context, mailbox.id()));

    world.service.update(
        context, mailbox.id(), settings(Map.of("host", OAuthNode.HOST, "security", "starttls")), 0);
    assertThat(world.service.account(context, mailbox.id()).credentials())
        .containsKey(OAuth2.ACCESS_TOKEN);
    assertCode("validation_failed", () -> change(setting, value));
    world.service.update(context, mailbox.id(), settings(Map.of(OAuth2.SETTING, "password")), 0);
    change(setting, value);
    assertThat(world.service.account(context, mailbox.id()).credentials()).isEmpty();
  }

  private void change(String setting, String value) {
    world.service.update(context, mailbox.id(), settings(Map.of(setting, value)), 0);
  }

  private static MailboxData settings(Map<String, String> settings) {
    return new MailboxData(null, null, null, settings, null, null, null, null);
  }

  @Test
  void aRemovedMailboxShouldTakeItsTokensAlong() {
    world.connect(context, mailbox.id());
    world.service.pause(context, mailbox.id(), null);
    URI late = world.provider.consent(world.begin(context, mailbox.id()), OAuthWorld.ADDRESS);
    world.service.delete(context, mailbox.id());
    assertThat(world.secrets.kept).isEmpty();
    assertThat(world.come(late)).isEqualTo(Ending.UNKNOWN);
    assertThat(world.secrets.kept).isEmpty();
  }

  /** Its tokens would stand behind for good, in the name of a person who is told nothing of it. */
  @Test
  void aMailboxRemovedWhileTheProviderAnswersShouldLeaveNoTokensBehind() {
    URI back = world.provider.consent(world.begin(context, mailbox.id()), OAuthWorld.ADDRESS);
    world.service.pause(context, mailbox.id(), null);
    world.provider.meanwhile(() -> world.service.delete(context, mailbox.id()));
    assertThat(world.come(back)).isEqualTo(Ending.UNKNOWN);
    assertThat(world.secrets.kept).isEmpty();
    assertThat(world.eventTypes()).doesNotContain("mailbox.authorized");
  }

  @Test
  void aMailboxConnectedWhileItIsRemovedShouldStayToBeRemovedAgain() {
    world.service.pause(context, mailbox.id(), null);
    world.secrets.oncePurged(() -> world.connect(context, mailbox.id()));
    assertCode("conflict", () -> world.service.delete(context, mailbox.id()));
    assertThat(world.secrets.kept).isNotEmpty();
    world.service.delete(context, mailbox.id());
    assertThat(world.secrets.kept).isEmpty();
  }

  private void assertUntouched(ProviderAnswer answer, Ending ending) {
    Mailbox before = world.service.get(context, mailbox.id());
    assertThat(world.consents.complete(answer)).isEqualTo(ending);
    assertThat(world.service.get(context, mailbox.id())).isEqualTo(before);
    assertThat(world.consents.get(context, mailbox.id()).consentedAt()).isNull();
    assertThat(world.secrets.kept).isEmpty();
    assertThat(world.eventTypes()).doesNotContain("mailbox.authorized");
  }

  private static void assertCode(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RookeryException.class, e -> assertThat(e.code().name()).isEqualTo(code));
  }

  private String row() throws Exception {
    try (var connection = DATABASE.owner();
        var statement =
            connection.prepareStatement("select m::text from tenant.mailbox m where id = ?")) {
      statement.setObject(1, mailbox.id());
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }
}
