// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.mailboxes.Mailbox;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.mail.OAuth2;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A secret store that stalls between a provider's answer and its being kept. The provider has
 * voided the refresh token by then, which must not be taken for a consent that is gone.
 */
@Timeout(60)
class TokenStallTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("mailboxes");

  private final TenantContext context = DATABASE.tenant();
  private OAuthWorld world;
  private Mailbox mailbox;

  @BeforeEach
  void connect() {
    world = new OAuthWorld(DATABASE, Duration.ofSeconds(2));
    mailbox = world.connected(context);
    world.provider.rotating();
  }

  @AfterEach
  void end() {
    world.close();
  }

  private Secret token(MailboxServiceImpl service) {
    return service.account(context, mailbox.id()).credentials().get(OAuth2.ACCESS_TOKEN);
  }

  private void stallWhileRenewing() {
    world.clock.move(Duration.ofHours(1));
    world.provider.meanwhile(() -> world.secrets.seal(true));
    fails("unavailable", world.service);
  }

  private void fails(String code, MailboxServiceImpl service) {
    assertThatThrownBy(() -> token(service))
        .isInstanceOfSatisfying(
            RookeryException.class, e -> assertThat(e.code().name()).isEqualTo(code));
  }

  private Mailbox now() {
    return world.service.get(context, mailbox.id());
  }

  @Test
  void whatTheProviderGaveShouldBeKeptOnceTheStoreTakesIt() {
    stallWhileRenewing();
    world.clock.move(Duration.ofSeconds(40));
    fails("unavailable", world.service);
    world.secrets.seal(false);

    Secret renewed = token(world.service);
    assertThat(world.provider.userOf(renewed.reveal())).isEqualTo(OAuthWorld.ADDRESS);
    assertThat(token(world.otherService)).isEqualTo(renewed);
    world.clock.move(Duration.ofHours(1));
    assertThat(token(world.otherService)).as("the refresh token was kept too").isNotNull();
    assertThat(now()).isEqualTo(mailbox);
  }

  @Test
  void anotherNodeShouldNotTakeItForAConsentThatIsGone() {
    stallWhileRenewing();
    world.clock.move(Duration.ofSeconds(61));
    world.secrets.seal(false);

    fails("unavailable", world.otherService);
    assertThat(now()).isEqualTo(mailbox);
    Secret renewed = token(world.service);
    assertThat(world.provider.userOf(renewed.reveal())).isEqualTo(OAuthWorld.ADDRESS);
    assertThat(token(world.otherService)).isEqualTo(renewed);
    assertThat(world.eventTypes()).doesNotContain("mailbox.authorization_lost");
  }

  @Test
  void aConsentGivenMeanwhileShouldCount() {
    stallWhileRenewing();
    world.secrets.seal(false);
    world.connect(context, mailbox.id());
    Secret given = token(world.service);

    world.clock.move(Duration.ofMinutes(2));
    assertThat(token(world.service)).isEqualTo(given);
    assertThat(token(world.otherService)).isEqualTo(given);
  }

  @Test
  void aConsentThatIsGoneShouldBeFoundTenMinutesLater() {
    world.clock.move(Duration.ofHours(1));
    leaveAClaimBehind();
    world.provider.revoke(OAuthWorld.ADDRESS);
    world.clock.move(Duration.ofSeconds(61));
    fails("unavailable", world.service);
    assertThat(now().pausedReason()).isNull();
    world.clock.move(Duration.ofMinutes(9));
    fails("unavailable", world.otherService);

    world.clock.move(Duration.ofMinutes(1));
    fails("mailboxes.not_connected", world.service);
    assertThat(now().pausedReason()).isEqualTo(MailboxCredentials.LOST);
  }

  private void leaveAClaimBehind() {
    String key = context.tenantId() + "/oauth/" + mailbox.id();
    Map<String, Secret> fields = new HashMap<>(world.secrets.kept.get(key).fields());
    fields.put("claimed_until", Secret.of(world.clock.instant().plusSeconds(60).toString()));
    world.secrets.write(context, "oauth/" + mailbox.id(), new SecretData(fields), "test");
  }
}
