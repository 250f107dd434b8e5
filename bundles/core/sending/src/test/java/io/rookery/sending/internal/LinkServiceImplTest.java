// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.contacts.SuppressionService.Reason;
import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.sending.LinkService.Click;
import io.rookery.api.sending.LinkService.Click.Outcome;
import io.rookery.api.sending.LinkService.Manner;
import io.rookery.api.sending.LinkService.Recipient;
import io.rookery.api.sending.LinkService.Visit;
import io.rookery.events.NewEvent;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.single.Single;
import io.rookery.sending.internal.single.SingleContent;
import io.rookery.sending.internal.store.SingleStore;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LinkServiceImplTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private final LinkFixture fixture = new LinkFixture(DATABASE);
  private final LinkServiceImpl links = fixture.links;

  @Test
  void aClickShouldLeadToTheTargetOfTheSentContentAndBeRecorded() {
    assertThat(links.click(fixture.visit(KeyPurpose.CLICK_LINK, 0)))
        .isEqualTo(Click.to(URI.create("https://a.example/x?y=1")));
    assertThat(fixture.eventTypes()).containsExactly("message.clicked");
    assertThat(fixture.events.get(0).data().get("contact_id")).isEqualTo(fixture.contact);
  }

  @Test
  void aLookShouldLeadToTheTargetAndLeaveNoTrace() {
    assertThat(links.look(fixture.visit(KeyPurpose.CLICK_LINK, 1)))
        .isEqualTo(Click.to(URI.create("http://b.example/")));
    assertThat(fixture.events).isEmpty();
  }

  @Test
  void aClickShouldCountUnderAHostOfItsTenant() {
    fixture.owners.put("links.heron.example", fixture.context.tenantId());
    Visit visit = new Visit(fixture.token(KeyPurpose.CLICK_LINK, 0), "links.heron.example");
    assertThat(links.click(visit).outcome()).isEqualTo(Outcome.LEADS_ON);
    assertThat(fixture.eventTypes()).containsExactly("message.clicked");
  }

  @Test
  void anOpenShouldBeRecorded() {
    links.open(fixture.visit(KeyPurpose.OPEN_LINK, 0));

    assertThat(fixture.eventTypes()).containsExactly("message.opened");
  }

  @Test
  void unsubscribingShouldCountOverWhatWasSetByHandAndOverNothingElse() {
    Visit visit = fixture.visit(KeyPurpose.UNSUBSCRIBE_LINK, 0);
    fixture.before = Reason.COMPLAINT;
    assertThat(links.unsubscribe(visit, Manner.ONE_CLICK)).isTrue();
    assertThat(fixture.suppressed).isEmpty();
    fixture.before = Reason.MANUAL;
    assertThat(links.unsubscribe(visit, Manner.ONE_CLICK)).isTrue();
    assertThat(fixture.suppressed).containsExactly(fixture.contact);
  }

  @Test
  void unsubscribingShouldSuppressTheContactOnce() {
    Visit visit = fixture.visit(KeyPurpose.UNSUBSCRIBE_LINK, 0);
    assertThat(links.recipient(visit)).contains(new Recipient("Heron", "a…@x.example", false));
    assertThat(fixture.suppressed).isEmpty();

    assertThat(links.unsubscribe(visit, Manner.ONE_CLICK)).isTrue();
    assertThat(links.unsubscribe(visit, Manner.PAGE)).isTrue();

    assertThat(fixture.suppressed).containsExactly(fixture.contact);
    assertThat(fixture.events).extracting(NewEvent::type).containsExactly("message.unsubscribed");
    assertThat(fixture.events.get(0).data().get("manner")).isEqualTo("one_click");
    assertThat(links.unsubscribe(fixture.visit(KeyPurpose.CLICK_LINK, 0), Manner.PAGE)).isFalse();
  }

  @Test
  void unsubscribingFromAMessageOfNoCampaignShouldSuppressItsAddress() {
    UUID single = Uuids.next();
    Single.Sender sender = new Single.Sender(Uuids.next(), "example.com");
    SingleContent content = new SingleContent(null, null, "s", null, "t", Map.of(), List.of());
    Instant now = Instant.now();
    DATABASE
        .transactions()
        .call(
            fixture.context,
            tx -> {
              new SingleStore()
                  .insert(
                      tx,
                      List.of(
                          new Single(
                              single,
                              null,
                              "eve@x.example",
                              sender,
                              Category.COMMERCIAL,
                              now,
                              null,
                              content)),
                      now);
              return null;
            });
    UUID tenantId = fixture.context.tenantId();
    Visit visit =
        LinkFixture.visit(fixture.tokens.make(KeyPurpose.UNSUBSCRIBE_LINK, tenantId, single, 0));

    assertThat(links.unsubscribe(visit, Manner.ONE_CLICK)).isTrue();

    assertThat(fixture.suppressed).containsExactly("eve@x.example");
    assertThat(fixture.events).extracting(NewEvent::type).containsExactly("message.unsubscribed");
    assertThat(fixture.events.get(0).data()).doesNotContainKey("campaign_id");
  }
}
