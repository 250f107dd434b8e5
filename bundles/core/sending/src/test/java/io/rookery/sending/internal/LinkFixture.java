// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal;

import io.rookery.api.campaigns.CampaignContent;
import io.rookery.api.campaigns.CampaignContents;
import io.rookery.api.campaigns.CampaignService;
import io.rookery.api.contacts.SuppressionService;
import io.rookery.api.contacts.SuppressionService.Barrier;
import io.rookery.api.contacts.SuppressionService.Reason;
import io.rookery.api.mailboxes.LinkHosts;
import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.sending.LinkService.Visit;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.events.NewEvent;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.link.LinkTokens;
import io.rookery.sending.internal.store.MessageStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** A message that was sent, its links, and what is done with them. */
final class LinkFixture {

  static final String PUBLIC = "mail.op.example";

  final TenantContext context;
  final UUID message = Uuids.next();
  final UUID contact = Uuids.next();
  final UUID campaign = Uuids.next();
  final List<NewEvent> events = new ArrayList<>();
  final Set<Object> suppressed = new HashSet<>();
  final FixedKeys keys = new FixedKeys();
  final LinkTokens tokens = new LinkTokens(keys);

  /** Whose link host a name is, besides the public one, which is everybody's. */
  final Map<String, UUID> owners = new HashMap<>();

  Reason before = Reason.MANUAL;
  List<String> targets = List.of("https://a.example/x?y=1", "http://b.example/");
  final LinkServiceImpl links;
  final DeadLinksImpl deadLinks;
  private final TestDatabase database;

  LinkFixture(TestDatabase database) {
    this.database = database;
    this.context = database.tenant();
    LinkNeighbours neighbours =
        new LinkNeighbours(
            database.transactions(),
            (tx, appended) -> events.addAll(appended),
            Fake.of(CampaignContents.class, Map.of("find", arguments -> Optional.of(content()))),
            Fake.of(
                SuppressionService.class,
                Map.of(
                    "suppressed", arguments -> suppressed.contains(contact),
                    "barriers", arguments -> barriers((Collection<?>) arguments[1]),
                    "add", arguments -> suppressed.add(arguments[1]),
                    "addContact",
                        arguments -> before == Reason.MANUAL && suppressed.add(arguments[1]))),
            Fake.of(TenantService.class, Map.of("get", arguments -> tenant())),
            Fake.of(LinkHosts.class, Map.of("serves", this::serves)),
            tokens);
    links = new LinkServiceImpl(neighbours, Clock.systemUTC());
    deadLinks =
        new DeadLinksImpl(
            database.transactions(),
            (tx, appended) -> events.addAll(appended),
            Fake.of(CampaignService.class, Map.of("get", this::campaign)),
            tokens,
            Clock.systemUTC());
    send();
  }

  private CampaignContent content() {
    return Fake.of(CampaignContent.class, Map.of("links", none -> targets));
  }

  private Object serves(Object[] arguments) {
    UUID tenant = ((TenantContext) arguments[0]).tenantId();
    return PUBLIC.equals(arguments[1]) || tenant.equals(owners.get(arguments[1]));
  }

  private Object campaign(Object[] arguments) {
    if (!campaign.equals(arguments[1])) {
      throw RookeryException.notFound("campaign");
    }
    return null;
  }

  private Map<Object, Barrier> barriers(Collection<?> asked) {
    Set<Reason> reasons = suppressed.isEmpty() ? Set.of(before) : Set.of(Reason.UNSUBSCRIBE);
    return asked.stream().collect(Collectors.toMap(a -> a, a -> new Barrier(reasons, false)));
  }

  private Tenant tenant() {
    return new Tenant(
        context.tenantId(), "heron", "Heron", null, Tenant.Status.ACTIVE, 1, Instant.EPOCH, 1);
  }

  private void send() {
    Instant now = Instant.now();
    database
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
                          campaign, Uuids.next(), 5, now, now.plus(Duration.ofHours(1))),
                      List.of(
                          new MessageStore.New(
                              message, contact, null, Uuids.next(), "example.com")),
                      now);
              return null;
            });
  }

  String token(KeyPurpose purpose, int number) {
    return tokens.make(purpose, context.tenantId(), message, number);
  }

  /** Returns a visit by the public address. */
  static Visit visit(String token) {
    return new Visit(token, PUBLIC);
  }

  /** Returns a visit to a link of the message by the public address. */
  Visit visit(KeyPurpose purpose, int number) {
    return visit(token(purpose, number));
  }

  List<String> eventTypes() {
    return events.stream().map(NewEvent::type).toList();
  }
}
