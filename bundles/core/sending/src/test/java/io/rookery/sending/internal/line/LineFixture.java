// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.api.campaigns.CampaignContent;
import io.rookery.api.campaigns.CampaignContents;
import io.rookery.api.campaigns.CampaignData;
import io.rookery.api.campaigns.CampaignService;
import io.rookery.api.campaigns.MessageContents;
import io.rookery.api.campaigns.MessageContents.Written;
import io.rookery.api.campaigns.RenderedMessage;
import io.rookery.api.contacts.SuppressionService;
import io.rookery.api.contacts.SuppressionService.Barrier;
import io.rookery.api.mailboxes.AutomaticPause;
import io.rookery.api.mailboxes.DkimKey;
import io.rookery.api.mailboxes.LinkHosts;
import io.rookery.api.mailboxes.MailboxFallbacks;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.people.PeopleMail.Letter;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantPermissions;
import io.rookery.api.tenancy.TenantService;
import io.rookery.crypto.internal.SignaturesImpl;
import io.rookery.events.Event;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.Actor;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.Leases;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.Fake;
import io.rookery.sending.internal.FixedKeys;
import io.rookery.sending.internal.link.LinkTokens;
import io.rookery.sending.internal.plan.Completion;
import io.rookery.sending.internal.plan.LaneReader;
import io.rookery.sending.internal.rates.RateMeter;
import io.rookery.sending.internal.returnpath.EnvelopeSenders;
import io.rookery.sending.internal.returnpath.ReturnPathTokens;
import io.rookery.sending.internal.store.LaneStore;
import io.rookery.sending.internal.store.MessageStore;
import io.rookery.sending.internal.store.MessageStore.Shared;
import io.rookery.sending.internal.system.SystemLetters;
import io.rookery.sending.internal.version.VersionBook;
import io.rookery.spi.mail.Account;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** A tenant with one mailbox and one campaign on a real database, and lines to send from it. */
final class LineFixture {

  private static final UUID OPERATOR = Uuids.next();

  final TenantContext context;
  VersionBook versions;
  final UUID mailbox = Uuids.next();
  final UUID campaign = Uuids.next();
  final Queue<String> events = new ConcurrentLinkedQueue<>();
  final Queue<NewEvent> told = new ConcurrentLinkedQueue<>();
  volatile boolean contentAway;
  volatile boolean contentGone;
  volatile boolean storeSealed;
  volatile List<DkimKey> keys = List.of();
  volatile boolean transactional = true;
  volatile String returnPathHost;
  final RateMeter meter = new RateMeter();

  /** Where counted links lead outside a backend that catches mail; null for nowhere. */
  volatile String linkAddress = "https://links.heron.example";

  volatile Map<String, Barrier> barriers = Map.of();

  /** What people are told of whatever happens; null for nothing any more. */
  volatile Letter letter;

  final Queue<UUID> completed = new ConcurrentLinkedQueue<>();
  final Queue<Account> refused = new ConcurrentLinkedQueue<>();
  final Queue<AutomaticPause> paused = new ConcurrentLinkedQueue<>();
  volatile MailboxFallbacks fallbacks =
      Fake.of(MailboxFallbacks.class, Map.of("list", arguments -> List.of()));

  /** What lines work with. */
  volatile Transactions transactions;

  private final TestDatabase database;

  /** What the node whose line is made next knows of changes. */
  Epochs epochs;

  LineFixture(TestDatabase database, int dailyLimit) throws SQLException {
    this.database = database;
    this.epochs = database.epochs();
    this.transactions = database.transactions();
    this.context = database.tenant();
    execute("insert into tenant.a_tenant values (?, ?, 1)", context.tenantId());
    execute("insert into tenant.a_mailbox values (?, ?, ?, 0, false)", mailbox, dailyLimit);
    execute("insert into tenant.a_campaign values (?, ?, 'running')", campaign);
  }

  /** Returns the tenant's context in a mode. */
  TenantContext in(Mode mode) {
    return new TenantContext(context.tenantId(), context.actor(), "r", null, mode);
  }

  void execute(String sql, Object... values) throws SQLException {
    try (Connection owner = database.owner();
        PreparedStatement statement = owner.prepareStatement(sql)) {
      statement.setObject(1, context.tenantId());
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 2, values[i]);
      }
      statement.executeUpdate();
    }
  }

  /** Queues messages to as many new contacts, due at once. */
  void queue(int count) throws SQLException {
    queue(count, "x.example", Instant.now());
  }

  /** Queues messages to as many new contacts, due at a moment. */
  void queue(int count, Instant now) throws SQLException {
    queue(count, "x.example", now);
  }

  /** Queues messages to as many new contacts of a domain, due at once. */
  void queue(int count, String domain) throws SQLException {
    queue(count, domain, Instant.now());
  }

  /** Adds a mailbox to the tenant; returns its id. */
  UUID anotherMailbox() throws SQLException {
    UUID id = Uuids.next();
    execute("insert into tenant.a_mailbox values (?, ?, 10000, 0, false)", id);
    return id;
  }

  /** Queues messages to as many new contacts from a mailbox, due at once. */
  void queueFrom(UUID from, int count) throws SQLException {
    Instant now = Instant.now();
    List<MessageStore.New> messages =
        messages(count, "x.example").stream()
            .map(m -> new MessageStore.New(m.id(), m.contactId(), null, from, "example.com"))
            .toList();
    insert(messages, from, now);
  }

  private void queue(int count, String domain, Instant now) throws SQLException {
    insert(messages(count, domain), mailbox, now);
  }

  private void insert(List<MessageStore.New> messages, UUID lane, Instant now) {
    database
        .transactions()
        .call(
            context,
            tx -> {
              new MessageStore().insert(tx, shared(now), messages, now);
              new LaneStore().makeDue(tx, List.of(lane), now);
              return null;
            });
  }

  /** Something that takes its time. */
  interface Pause {
    void run() throws InterruptedException;
  }

  /**
   * Queues messages and does something before that is committed; the lane is made due last, as its
   * row is what other planners of the lane wait for.
   */
  void queueThen(int count, Pause before) {
    Instant now = Instant.now();
    database
        .transactions()
        .call(
            context,
            tx -> {
              new MessageStore().insert(tx, shared(now), messages(count, "x.example"), now);
              pause(before);
              new LaneStore().makeDue(tx, List.of(mailbox), now);
              return null;
            });
  }

  private static void pause(Pause pause) {
    try {
      pause.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private List<MessageStore.New> messages(int count, String domain) throws SQLException {
    UUID[] contacts = Stream.generate(Uuids::next).limit(count).toArray(UUID[]::new);
    execute(
        "insert into tenant.a_contact select ?, id, 'c' || id || '@' || ?, false"
            + " from unnest(?::uuid[]) id",
        domain,
        contacts);
    List<MessageStore.New> messages = new ArrayList<>();
    for (UUID contact : contacts) {
      messages.add(new MessageStore.New(Uuids.next(), contact, null, mailbox, "example.com"));
    }
    return messages;
  }

  private Shared shared(Instant now) {
    return new Shared(campaign, campaign, 5, now, now.plus(Duration.ofHours(96)));
  }

  /** Returns how many messages are in each state. */
  Map<String, Integer> states() {
    return database
        .transactions()
        .call(
            context,
            tx -> {
              Map<String, Integer> states = new TreeMap<>();
              try (PreparedStatement select =
                      tx.connection()
                          .prepareStatement(
                              "select state, count(*) from tenant.message group by state");
                  ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                  states.put(rows.getString(1), rows.getInt(2));
                }
              }
              return states;
            });
  }

  /** Moves this tenant to a version of the backend, as an operator does. */
  void moveTo(String version) {
    versions.change(
        "fake",
        "backend.moved",
        Actor.system("test"),
        old -> old.moved(version, false, Set.of(context.tenantId()), 25, Instant.now()));
  }

  /** Returns whether the lane is held back until later. */
  boolean rests() {
    return database
        .transactions()
        .call(
            context,
            tx -> {
              try (PreparedStatement select =
                      tx.connection()
                          .prepareStatement(
                              "select held_back is not null and due_at > now() from tenant.lane");
                  ResultSet row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
              }
            });
  }

  /** Returns why lanes are held back until later. */
  List<String> heldBack() {
    return database
        .transactions()
        .call(
            context,
            tx -> {
              List<String> reasons = new ArrayList<>();
              try (PreparedStatement select =
                      tx.connection()
                          .prepareStatement(
                              "select held_back from tenant.lane"
                                  + " where held_back is not null and due_at > now()");
                  ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                  reasons.add(rows.getString(1));
                }
              }
              return reasons;
            });
  }

  /** Has the line learn of an event of the tenant. */
  void tell(String type) {
    Event event =
        new Event(
            Uuids.next(),
            context.tenantId(),
            type,
            Uuids.next(),
            1,
            Instant.now(),
            "OPERATOR:x",
            "r",
            Map.of());
    database
        .transactions()
        .call(
            context,
            tx -> {
              new LaneReader(null).apply(tx, List.of(event));
              return null;
            });
  }

  /** Starts a line on a node of its own, less patient than usual with calls that hang. */
  SendingLine line(Leases node, FakeBackend backend) {
    LineSettings settings =
        new LineSettings(16, Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(3));
    return line(node, backend, settings);
  }

  /** Starts a line on a node of its own. */
  SendingLine line(Leases node, FakeBackend backend, LineSettings settings) {
    return line(node, backend, Clock.systemUTC(), settings);
  }

  /** Starts a line that goes by a clock. */
  SendingLine line(Leases node, FakeBackend backend, Clock clock, LineSettings settings) {
    SendingLine line = new SendingLine(neighbours(), node, log(), clock, settings);
    line.add(backend, "fake", "1.0.0");
    return line;
  }

  EventLog log() {
    return (tx, appended) -> {
      told.addAll(appended);
      appended.stream().map(NewEvent::type).forEach(events::add);
    };
  }

  private Tenant tenant() {
    return new Tenant(
        context.tenantId(), "t", "T", "1 Lane", Tenant.Status.ACTIVE, 1, Instant.EPOCH, 1);
  }

  LineNeighbours neighbours() {
    Account account =
        new Account(context.tenantId(), mailbox, "news@example.com", Map.of(), Map.of(), 1);
    TenantService tenants =
        Fake.of(
            TenantService.class,
            Map.of(
                "get",
                arguments -> tenant(),
                "operatorTenantId",
                arguments -> OPERATOR,
                "operator",
                arguments -> TenantContext.of(OPERATOR, (Actor) arguments[0])));
    versions =
        new VersionBook(
            database.transactions(), database.epochs(), tenants, log(), Clock.systemUTC());
    return new LineNeighbours(
        transactions,
        epochs,
        tenants,
        Fake.of(
            MailboxService.class,
            Map.of(
                "account",
                arguments -> account,
                "refused",
                arguments -> {
                  refused.add((Account) arguments[1]);
                  return null;
                },
                "pauseAutomatically",
                arguments -> {
                  paused.add((AutomaticPause) arguments[2]);
                  return Optional.of(Instant.now());
                })),
        fallbacks,
        (asking, domain) -> keys(domain),
        new SignaturesImpl(),
        Fake.of(
            CampaignContents.class,
            Map.of("find", arguments -> content(), "draft", arguments -> new Content())),
        new LinkTokens(new FixedKeys()),
        new EnvelopeSenders(
            (asking, domain) -> Optional.ofNullable(returnPathHost),
            new ReturnPathTokens(new FixedKeys())),
        Fake.of(LinkHosts.class, Map.of("address", arguments -> Optional.ofNullable(linkAddress))),
        new Completion(
            database.transactions(),
            Fake.of(
                CampaignService.class,
                Map.of(
                    "complete",
                    arguments -> {
                      completed.add((UUID) arguments[1]);
                      return null;
                    }))),
        versions,
        new ClaimGate(
            Fake.of(TenantPermissions.class, Map.of("holds", arguments -> transactional)),
            Fake.of(SuppressionService.class, Map.of("barriers", arguments -> barriers)),
            log()),
        meter,
        new SystemLetters(
            database.transactions(),
            cause -> Optional.ofNullable(letter),
            Fake.of(MessageContents.class, Map.of("liquid", arguments -> liquid(arguments[0]))),
            "https://links.example"),
        "https://links.example");
  }

  /** Liquid that knows nothing but plain variables. */
  private static MessageContents.Content liquid(Object written) {
    Written source = (Written) written;
    return (variables, links) ->
        new RenderedMessage(
            filled(source.subject(), variables),
            filled(source.html(), variables),
            filled(source.text(), variables));
  }

  private static String filled(String text, Map<String, ?> variables) {
    String filled = text;
    for (Map.Entry<String, ?> variable : variables.entrySet()) {
      filled = filled.replace("{{ " + variable.getKey() + " }}", variable.getValue().toString());
    }
    return filled;
  }

  private List<DkimKey> keys(String domain) {
    if (storeSealed) {
      throw RookeryException.unavailable("The secret store is sealed", Duration.ZERO, null);
    }
    return keys.stream().filter(key -> key.domain().equals(domain)).toList();
  }

  private Optional<CampaignContent> content() {
    if (contentAway) {
      throw RookeryException.unavailable("The database cannot be had now", Duration.ZERO, null);
    }
    return contentGone ? Optional.empty() : Optional.of(new Content());
  }

  private static final class Content implements CampaignContent {

    @Override
    public UUID id() {
      return new UUID(0, 1);
    }

    @Override
    public CampaignData campaign() {
      return new CampaignData(
          "C",
          null,
          List.of(),
          List.of(),
          "News",
          null,
          CampaignData.Category.COMMERCIAL,
          true,
          true,
          null);
    }

    @Override
    public List<String> links() {
      return List.of("https://example.org/");
    }

    @Override
    public RenderedMessage render(Map<String, ?> variables, Links links) {
      String html = "<a href=\"" + links.click(0) + "\">" + variables.get("contact") + "</a>";
      return new RenderedMessage("Hello", html, "Leave: " + links.unsubscribe());
    }
  }
}
