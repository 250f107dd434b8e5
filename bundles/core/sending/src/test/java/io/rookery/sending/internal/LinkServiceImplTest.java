// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.campaigns.CampaignContent;
import io.rookery.api.campaigns.CampaignContents;
import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.contacts.SuppressionService;
import io.rookery.api.contacts.SuppressionService.Barrier;
import io.rookery.api.contacts.SuppressionService.Reason;
import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.sending.LinkService.Manner;
import io.rookery.api.sending.LinkService.Recipient;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.events.NewEvent;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.link.LinkTokens;
import io.rookery.sending.internal.single.Single;
import io.rookery.sending.internal.single.SingleContent;
import io.rookery.sending.internal.store.MessageStore;
import io.rookery.sending.internal.store.SingleStore;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LinkServiceImplTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private final TenantContext context = DATABASE.tenant();
  private final UUID message = Uuids.next();
  private final UUID contact = Uuids.next();
  private final List<NewEvent> events = new ArrayList<>();
  private final Set<Object> suppressed = new HashSet<>();
  private Reason before = Reason.MANUAL;
  private final LinkTokens tokens = new LinkTokens(new FixedKeys());
  private final LinkServiceImpl links =
      new LinkServiceImpl(
          new LinkNeighbours(
              DATABASE.transactions(),
              (tx, appended) -> events.addAll(appended),
              Fake.of(
                  CampaignContents.class,
                  Map.of(
                      "find",
                      arguments ->
                          Optional.of(
                              Fake.of(
                                  CampaignContent.class,
                                  Map.of("links", none -> List.of("https://a.example/x?y=1")))))),
              Fake.of(
                  SuppressionService.class,
                  Map.of(
                      "suppressed", arguments -> suppressed.contains(contact),
                      "barriers", arguments -> barriers((Collection<?>) arguments[1]),
                      "add", arguments -> suppressed.add(arguments[1]),
                      "addContact", arguments -> suppressed.add(arguments[1]))),
              Fake.of(TenantService.class, Map.of("get", arguments -> tenant())),
              tokens),
          Clock.systemUTC());

  @BeforeEach
  void sendOne() {
    Instant now = Instant.now();
    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              try (var insert =
                  tx.connection()
                      .prepareStatement(
                          "insert into tenant.a_contact values (?, ?, 'ada@x.example', false)")) {
                insert.setObject(1, context.tenantId());
                insert.setObject(2, contact);
                insert.executeUpdate();
              }
              new MessageStore()
                  .insert(
                      tx,
                      new MessageStore.Shared(
                          Uuids.next(), Uuids.next(), 5, now, now.plus(Duration.ofHours(1))),
                      List.of(
                          new MessageStore.New(
                              message, contact, null, Uuids.next(), "example.com")),
                      now);
              return null;
            });
  }

  @Test
  void aClickShouldLeadToTheTargetOfTheSentContentAndBeRecorded() {
    assertThat(links.click(token(KeyPurpose.CLICK_LINK, 0)))
        .contains(URI.create("https://a.example/x?y=1"));
    assertThat(events).extracting(NewEvent::type).containsExactly("message.clicked");
    assertThat(events.get(0).data().get("contact_id")).isEqualTo(contact);
  }

  @Test
  void aClickOnALinkThatTheContentDoesNotHaveShouldLeadNowhere() {
    assertThat(links.click(token(KeyPurpose.CLICK_LINK, 1))).isEmpty();
    assertThat(links.click("x")).isEmpty();
    assertThat(events).isEmpty();
  }

  @Test
  void aTokenOfAnotherTenantShouldFindNothing() {
    String foreign = tokens.make(KeyPurpose.CLICK_LINK, DATABASE.tenant().tenantId(), message, 0);

    assertThat(links.click(foreign)).isEmpty();
    assertThat(events).isEmpty();
  }

  @Test
  void anOpenShouldBeRecorded() {
    links.open(token(KeyPurpose.OPEN_LINK, 0));
    links.open(token(KeyPurpose.CLICK_LINK, 0));

    assertThat(events).extracting(NewEvent::type).containsExactly("message.opened");
  }

  private Map<Object, Barrier> barriers(Collection<?> asked) {
    Set<Reason> reasons = suppressed.isEmpty() ? Set.of(before) : Set.of(Reason.UNSUBSCRIBE);
    return asked.stream().collect(Collectors.toMap(a -> a, a -> new Barrier(reasons, false)));
  }

  @Test
  void unsubscribingShouldCountOverWhatWasSetByHandAndOverNothingElse() {
    String token = token(KeyPurpose.UNSUBSCRIBE_LINK, 0);
    before = Reason.COMPLAINT;
    assertThat(links.unsubscribe(token, Manner.ONE_CLICK)).isTrue();
    assertThat(suppressed).isEmpty();
    before = Reason.MANUAL;
    assertThat(links.unsubscribe(token, Manner.ONE_CLICK)).isTrue();
    assertThat(suppressed).containsExactly(contact);
  }

  @Test
  void unsubscribingShouldSuppressTheContactOnce() {
    String token = token(KeyPurpose.UNSUBSCRIBE_LINK, 0);
    assertThat(links.recipient(token)).contains(new Recipient("Heron", "a…@x.example", false));
    assertThat(suppressed).isEmpty();

    assertThat(links.unsubscribe(token, Manner.ONE_CLICK)).isTrue();
    assertThat(links.unsubscribe(token, Manner.PAGE)).isTrue();

    assertThat(suppressed).containsExactly(contact);
    assertThat(events).extracting(NewEvent::type).containsExactly("message.unsubscribed");
    assertThat(events.get(0).data().get("manner")).isEqualTo("one_click");
    assertThat(links.unsubscribe(token(KeyPurpose.CLICK_LINK, 0), Manner.PAGE)).isFalse();
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
            context,
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
    String token = tokens.make(KeyPurpose.UNSUBSCRIBE_LINK, context.tenantId(), single, 0);

    assertThat(links.unsubscribe(token, Manner.ONE_CLICK)).isTrue();

    assertThat(suppressed).containsExactly("eve@x.example");
    assertThat(events).extracting(NewEvent::type).containsExactly("message.unsubscribed");
    assertThat(events.get(0).data()).doesNotContainKey("campaign_id");
  }

  private String token(KeyPurpose purpose, int number) {
    return tokens.make(purpose, context.tenantId(), message, number);
  }

  private Tenant tenant() {
    return new Tenant(
        context.tenantId(), "heron", "Heron", null, Tenant.Status.ACTIVE, 1, Instant.EPOCH, 1);
  }
}
