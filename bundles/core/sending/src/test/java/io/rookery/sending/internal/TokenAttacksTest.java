// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.sending.DeadLinks.DeadLink;
import io.rookery.api.sending.DeadLinks.Target;
import io.rookery.api.sending.LinkService.Click;
import io.rookery.api.sending.LinkService.Click.Outcome;
import io.rookery.api.sending.LinkService.Manner;
import io.rookery.api.sending.LinkService.Visit;
import io.rookery.kernel.Actor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an attacker may try with tokens. Whatever is refused is refused in the same way, changes
 * nothing and leaves nothing in the log.
 */
class TokenAttacksTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private final LinkFixture fixture = new LinkFixture(DATABASE);
  private final LinkServiceImpl links = fixture.links;

  /** Tries a visit at every door. */
  private void refused(Visit visit) {
    assertThat(links.click(visit)).as("%s", visit).isSameAs(Click.UNKNOWN);
    assertThat(links.look(visit)).isSameAs(Click.UNKNOWN);
    links.open(visit);
    assertThat(links.recipient(visit)).isEmpty();
    assertThat(links.unsubscribe(visit, Manner.ONE_CLICK)).isFalse();
    assertThat(links.unsubscribe(visit, Manner.PAGE)).isFalse();
    assertThat(fixture.events).isEmpty();
    assertThat(fixture.suppressed).isEmpty();
  }

  @Test
  void aGenuineTokenShouldDoWhatItsPurposeIsAndNothingElse() {
    Visit open = fixture.visit(KeyPurpose.OPEN_LINK, 0);
    Visit leave = fixture.visit(KeyPurpose.UNSUBSCRIBE_LINK, 0);
    Visit click = fixture.visit(KeyPurpose.CLICK_LINK, 0);
    assertThat(links.click(open)).isSameAs(Click.UNKNOWN);
    assertThat(links.click(leave)).isSameAs(Click.UNKNOWN);
    links.open(click);
    links.open(leave);
    for (Visit other : List.of(open, click)) {
      assertThat(links.recipient(other)).isEmpty();
      assertThat(links.unsubscribe(other, Manner.ONE_CLICK)).isFalse();
    }
    assertThat(fixture.events).isEmpty();
    assertThat(fixture.suppressed).isEmpty();

    links.open(open);
    assertThat(links.click(click).outcome()).isEqualTo(Outcome.LEADS_ON);
    assertThat(links.unsubscribe(leave, Manner.ONE_CLICK)).isTrue();
    assertThat(fixture.eventTypes())
        .containsExactly("message.opened", "message.clicked", "message.unsubscribed");
  }

  @Test
  void tokensOfPurposesBesideLinksShouldOpenNoDoor() {
    Stream.of(KeyPurpose.values())
        .filter(purpose -> !purpose.name().endsWith("_LINK"))
        .forEach(purpose -> refused(fixture.visit(purpose, 0)));
  }

  @Test
  void anotherTenantsTokenShouldBeRefusedOnThisTenantsHost() {
    fixture.owners.put("links.heron.example", Uuids.next());
    for (KeyPurpose purpose :
        List.of(KeyPurpose.CLICK_LINK, KeyPurpose.OPEN_LINK, KeyPurpose.UNSUBSCRIBE_LINK)) {
      refused(new Visit(fixture.token(purpose, 0), "links.heron.example"));
      refused(new Visit(fixture.token(purpose, 0), "nobody.example"));
      refused(new Visit(fixture.token(purpose, 0), null));
    }
  }

  @Test
  void aTokenThatNamesAnotherTenantOrMessageShouldFindNothing() {
    UUID stranger = DATABASE.tenant().tenantId();
    for (KeyPurpose purpose :
        List.of(KeyPurpose.CLICK_LINK, KeyPurpose.OPEN_LINK, KeyPurpose.UNSUBSCRIBE_LINK)) {
      refused(LinkFixture.visit(fixture.tokens.make(purpose, stranger, fixture.message, 0)));
      refused(
          LinkFixture.visit(
              fixture.tokens.make(purpose, fixture.context.tenantId(), Uuids.next(), 0)));
    }
  }

  @Test
  void aTokenWithAnyByteChangedShouldBeRefused() {
    byte[] token = Base64.getUrlDecoder().decode(fixture.token(KeyPurpose.CLICK_LINK, 0));
    for (int i = 0; i < token.length; i++) {
      byte[] changed = token.clone();
      changed[i] ^= 1;
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
      assertThat(links.click(LinkFixture.visit(text))).as("byte %d", i).isSameAs(Click.UNKNOWN);
    }
    assertThat(fixture.events).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "//evil.example",
        "\\\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "x\r\nLocation: https://evil.example/",
        "%0d%0aLocation:%20https://evil.example/",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void whatIsNoTokenShouldBeRefused(String text) {
    refused(LinkFixture.visit(text));
    refused(LinkFixture.visit(fixture.token(KeyPurpose.CLICK_LINK, 0) + text + "x"));
    refused(LinkFixture.visit(text + "x" + fixture.token(KeyPurpose.CLICK_LINK, 0)));
  }

  @Test
  void aLinkNumberThatTheContentDoesNotHaveShouldLeadNowhere() {
    for (int number : List.of(2, 3, 255, 0x7FFF, 0x8000, 0xFFFF)) {
      assertThat(links.click(fixture.visit(KeyPurpose.CLICK_LINK, number))).isSameAs(Click.UNKNOWN);
    }
    assertThat(fixture.events).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "JavaScript:alert(1)//https://a.example/",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://a.example/",
        "//evil.example/",
        "/\\evil.example",
        "https:",
        "https:///evil.example",
        "https:\\\\evil.example",
        "https://a.example/\r\nSet-Cookie: a=b",
        "https://a.example/\u00e9",
        " https://a.example/",
        "not a uri",
        ""
      })
  void aTargetThatIsNotOfTheWebShouldNeverBeLedTo(String target) {
    fixture.targets = List.of(target);
    assertThat(links.click(fixture.visit(KeyPurpose.CLICK_LINK, 0))).isSameAs(Click.UNKNOWN);
    assertThat(links.look(fixture.visit(KeyPurpose.CLICK_LINK, 0))).isSameAs(Click.UNKNOWN);
    assertThat(fixture.events).isEmpty();
  }

  @Test
  void aKilledLinkShouldLeadNowhereHoweverOftenItIsReplayed() {
    Visit first = fixture.visit(KeyPurpose.CLICK_LINK, 0);
    assertThat(links.click(first).outcome()).isEqualTo(Outcome.LEADS_ON);
    DeadLink dead = kill(fixture.context, new Target(fixture.campaign, 0));
    fixture.events.clear();
    assertThat(links.click(first)).isSameAs(Click.DEAD);
    assertThat(links.look(first)).isSameAs(Click.DEAD);
    assertThat(links.click(first)).isSameAs(Click.DEAD);
    assertThat(fixture.events).isEmpty();
    assertThat(links.click(fixture.visit(KeyPurpose.CLICK_LINK, 1)).target()).isNotNull();
    links.open(fixture.visit(KeyPurpose.OPEN_LINK, 0));
    assertThat(fixture.eventTypes()).containsExactly("message.clicked", "message.opened");

    fixture.deadLinks.revive(fixture.context, dead.id());
    assertThat(links.click(first).outcome()).isEqualTo(Outcome.LEADS_ON);
  }

  @Test
  void aKilledCampaignOrTenantShouldStopOpensAndClicksButNobodyWhoWantsToLeave() {
    for (Target target : List.of(new Target(fixture.campaign, null), Target.ALL)) {
      DeadLink dead = kill(fixture.context, target);
      fixture.events.clear();
      assertThat(links.click(fixture.visit(KeyPurpose.CLICK_LINK, 0))).isSameAs(Click.DEAD);
      assertThat(links.click(fixture.visit(KeyPurpose.CLICK_LINK, 1))).isSameAs(Click.DEAD);
      links.open(fixture.visit(KeyPurpose.OPEN_LINK, 0));
      assertThat(fixture.events).isEmpty();
      assertThat(links.recipient(fixture.visit(KeyPurpose.UNSUBSCRIBE_LINK, 0))).isPresent();
      fixture.deadLinks.revive(fixture.context, dead.id());
    }
    kill(fixture.context, Target.ALL);
    Visit leave = fixture.visit(KeyPurpose.UNSUBSCRIBE_LINK, 0);
    assertThat(links.unsubscribe(leave, Manner.ONE_CLICK)).isTrue();
    assertThat(fixture.suppressed).containsExactly(fixture.contact);
  }

  @Test
  void oneTenantShouldHaveNoSayInAnothersLinks() {
    TenantContext stranger = DATABASE.tenant();
    kill(stranger, Target.ALL);
    DeadLink own = kill(fixture.context, new Target(fixture.campaign, 1));
    assertThat(links.click(fixture.visit(KeyPurpose.CLICK_LINK, 0)).outcome())
        .isEqualTo(Outcome.LEADS_ON);
    assertThatThrownBy(() -> fixture.deadLinks.revive(stranger, own.id()))
        .isInstanceOf(RookeryException.class)
        .hasFieldOrPropertyWithValue("code", CommonErrors.NOT_FOUND);
    String address = "https://x.example/t/c/" + fixture.token(KeyPurpose.CLICK_LINK, 1);
    assertThatThrownBy(() -> fixture.deadLinks.targetOf(stranger, address))
        .hasFieldOrPropertyWithValue("code", CommonErrors.NOT_FOUND);
    assertThat(fixture.deadLinks.targetOf(fixture.context, address)).isEqualTo(own.target());
    assertThat(fixture.deadLinks.list(stranger)).hasSize(1);
  }

  @Test
  void whatTheOperatorKilledTheTenantShouldNotRevive() {
    TenantContext operator =
        TenantContext.of(fixture.context.tenantId(), new Actor(Actor.Kind.OPERATOR, "ann"));
    DeadLink theirs = kill(operator, Target.ALL);
    DeadLink own = kill(fixture.context, Target.ALL);
    assertThat(own.id()).isNotEqualTo(theirs.id());
    assertThat(kill(operator, Target.ALL)).isEqualTo(theirs);
    assertThat(fixture.eventTypes()).containsExactly("link.killed", "link.killed");
    fixture.deadLinks.revive(fixture.context, own.id());
    assertThatThrownBy(() -> fixture.deadLinks.revive(fixture.context, theirs.id()))
        .hasFieldOrPropertyWithValue("code", CommonErrors.FORBIDDEN);
    assertThat(links.click(fixture.visit(KeyPurpose.CLICK_LINK, 0))).isSameAs(Click.DEAD);
    fixture.deadLinks.revive(operator, theirs.id());
    assertThat(links.click(fixture.visit(KeyPurpose.CLICK_LINK, 0)).target()).isNotNull();
  }

  @Test
  void whatCannotBeKilledShouldBeRefusedWithAReason() {
    TenantContext own = fixture.context;
    assertThatThrownBy(() -> kill(own, new Target(Uuids.next(), null)))
        .hasFieldOrPropertyWithValue("code", CommonErrors.NOT_FOUND);
    assertThatThrownBy(() -> kill(own, new Target(fixture.campaign, -1)))
        .hasFieldOrPropertyWithValue("code", CommonErrors.VALIDATION_FAILED);
    assertThatThrownBy(() -> new Target(null, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> fixture.deadLinks.targetOf(own, "https://a.example/"))
        .hasFieldOrPropertyWithValue("code", CommonErrors.VALIDATION_FAILED);
    TenantContext test = new TenantContext(own.tenantId(), own.actor(), "r", null, Mode.TEST);
    assertThatThrownBy(() -> kill(test, Target.ALL))
        .hasFieldOrPropertyWithValue("code", CommonErrors.FORBIDDEN);
    assertThat(fixture.events).isEmpty();
  }

  private DeadLink kill(TenantContext context, Target target) {
    return fixture.deadLinks.kill(context, target, "Taken over");
  }
}
