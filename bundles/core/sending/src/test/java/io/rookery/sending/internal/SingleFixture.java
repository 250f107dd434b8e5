// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal;

import io.rookery.api.campaigns.CampaignContent.Links;
import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.campaigns.CampaignService.GateFinding;
import io.rookery.api.campaigns.MessageContents;
import io.rookery.api.campaigns.MessageContents.Content;
import io.rookery.api.campaigns.MessageContents.Written;
import io.rookery.api.campaigns.RenderedMessage;
import io.rookery.api.contacts.SuppressionService;
import io.rookery.api.contacts.SuppressionService.Barrier;
import io.rookery.api.sending.NewMessage;
import io.rookery.api.sending.NewMessage.Attachment;
import io.rookery.api.sending.NewMessage.Recipient;
import io.rookery.api.sending.NewMessage.Sender;
import io.rookery.api.sending.SendingService.Message;
import io.rookery.api.sending.SendingService.MessageFilter;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.events.NewEvent;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.TxWork;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.link.LinkTokens;
import io.rookery.sending.internal.single.IntakeNeighbours;
import io.rookery.sending.internal.single.SingleContent;
import io.rookery.sending.internal.store.MessageStore;
import io.rookery.sending.internal.store.SendingQueries;
import io.rookery.sending.internal.store.SingleStore;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A tenant with a mailbox that takes messages on a real database; neighbours answer at will. */
public final class SingleFixture {

  static final int LARGEST = 1 << 20;

  public final TenantContext context;
  public final UUID mailbox = Uuids.next();
  public final MessageServiceImpl service;
  final MovableClock clock = new MovableClock();
  final List<String> events = new ArrayList<>();
  final List<UUID> urged = new ArrayList<>();
  final List<String> findings = new ArrayList<>();
  final List<Category> asked = new ArrayList<>();
  final Map<String, Barrier> barriers = new HashMap<>();
  RuntimeException logFailure;
  Content template = SingleFixture::template;
  private final TestDatabase database;

  public SingleFixture(TestDatabase database) throws SQLException {
    this.database = database;
    this.context = database.tenant();
    execute("insert into tenant.a_mailbox values (?, ?, 10000, 0, false)", mailbox);
    this.service =
        new MessageServiceImpl(
            new IntakeNeighbours(
                database.transactions(),
                (tx, appended) -> append(appended),
                Fake.of(TenantService.class, Map.of("get", arguments -> tenant())),
                Fake.of(SuppressionService.class, Map.of("barriers", arguments -> barriers)),
                new Contents(),
                new LinkTokens(new FixedKeys()),
                "https://links.example",
                LARGEST),
            (tenant, lanes) -> urged.addAll(lanes),
            clock);
  }

  private void append(List<NewEvent> appended) {
    if (logFailure != null) {
      throw logFailure;
    }
    appended.stream().map(NewEvent::type).forEach(events::add);
  }

  private Tenant tenant() {
    return new Tenant(
        context.tenantId(),
        "heron",
        "Heronry",
        "1 Lane",
        Tenant.Status.ACTIVE,
        1,
        Instant.EPOCH,
        1);
  }

  private static RenderedMessage template(Map<String, ?> variables, Links links) {
    Map<?, ?> contact = (Map<?, ?>) variables.get("contact");
    Map<?, ?> tenant = (Map<?, ?>) variables.get("tenant");
    String text =
        "%s in %s at %s ordered %s from %s"
            .formatted(
                contact.get("first_name"),
                contact.get("city"),
                contact.get("email"),
                variables.get("order"),
                tenant.get("name"));
    return new RenderedMessage("Order", null, text);
  }

  /** Begins a message that is right, to an address. */
  public Asked to(String address) {
    return new Asked().recipient(new Recipient(address, null));
  }

  Asked file(String name, String type, String id, byte[] content) {
    return to("a@x.example").attachments(List.of(new Attachment(name, type, id, content)));
  }

  UUID contact(String email) throws SQLException {
    UUID id = Uuids.next();
    execute("insert into tenant.a_contact values (?, ?, ?, false)", id, email);
    return id;
  }

  /** Returns a message of a campaign that is due tomorrow. */
  UUID ofACampaign() throws SQLException {
    UUID id = Uuids.next();
    Instant due = clock.instant().plus(Duration.ofDays(1));
    call(
        tx -> {
          new MessageStore()
              .insert(
                  tx,
                  new MessageStore.Shared(Uuids.next(), Uuids.next(), 5, due, due),
                  List.of(new MessageStore.New(id, null, "c@x.example", mailbox, "example.com")),
                  due);
          return null;
        });
    return id;
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

  <R> R call(TxWork<R> work) {
    return database.transactions().call(context, work);
  }

  Message find(UUID id) {
    return call(tx -> new SendingQueries().message(tx, id)).orElseThrow();
  }

  List<UUID> list(TenantContext as) {
    MessageFilter all = new MessageFilter(null, null);
    return database
        .transactions()
        .call(as, tx -> new SendingQueries().messages(tx, all, null, 50))
        .stream()
        .map(Message::id)
        .toList();
  }

  SingleContent content(UUID id) {
    return call(tx -> new SingleStore().content(tx, id)).orElseThrow();
  }

  long count(String table) {
    return one("select count(*) from tenant." + table, Long.class);
  }

  Instant laneDue() {
    return one("select due_at from tenant.lane", Timestamp.class).toInstant();
  }

  /** Returns for how long a message is tried. */
  Duration tried(UUID id) {
    long seconds = row(id, "extract(epoch from expires_at - due_at)", BigDecimal.class).longValue();
    return Duration.ofSeconds(seconds);
  }

  <T> T row(UUID id, String column, Class<T> type) {
    return one("select " + column + " from tenant.message where id = '" + id + "'", type);
  }

  private <T> T one(String sql, Class<T> type) {
    return call(
        tx -> {
          try (PreparedStatement select = tx.connection().prepareStatement(sql);
              ResultSet row = select.executeQuery()) {
            row.next();
            return row.getObject(1, type);
          }
        });
  }

  private final class Contents implements MessageContents {

    @Override
    public List<GateFinding> check(TenantContext context, UUID mailboxId, Category category) {
      asked.add(category);
      return findings.stream().map(code -> new GateFinding(code, "Mend it")).toList();
    }

    @Override
    public Optional<Content> template(TenantContext context, UUID id, Category category) {
      return Optional.ofNullable(template);
    }

    @Override
    public Content liquid(Written written, Category category) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Content literal(Written written, Category category) {
      return (variables, links) ->
          new RenderedMessage(
              written.subject(),
              written.html() + (links.unsubscribe() == null ? "" : links.unsubscribe()),
              "text");
    }
  }

  /** A clock that stands still until it is moved. */
  static final class MovableClock extends Clock {
    private Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** A message as somebody asks for it. */
  public static final class Asked {
    private Sender from = new Sender(null, "News@EXAMPLE.com");
    private Recipient to;
    private String subject = "Your order";
    private String html = "<p>Thank you</p>";
    private UUID templateId;
    private Map<String, Object> variables;
    private String fromName;
    private String replyTo;
    private Map<String, String> headers;
    private Category category;
    private Instant sendAt;
    private List<Attachment> attachments;

    Asked from(Sender sender) {
      from = sender;
      return this;
    }

    Asked recipient(Recipient recipient) {
      to = recipient;
      return this;
    }

    Asked subject(String text) {
      subject = text;
      return this;
    }

    Asked html(String text) {
      html = text;
      return this;
    }

    /** Says it by a template. */
    Asked template(Map<String, Object> shown) {
      subject = null;
      html = null;
      templateId = Uuids.next();
      variables = shown;
      return this;
    }

    Asked variables(Map<String, Object> shown) {
      variables = shown;
      return this;
    }

    Asked fromName(String name) {
      fromName = name;
      return this;
    }

    Asked replyTo(String address) {
      replyTo = address;
      return this;
    }

    Asked headers(Map<String, String> fields) {
      headers = fields;
      return this;
    }

    public Asked category(Category what) {
      category = what;
      return this;
    }

    Asked sendAt(Instant moment) {
      sendAt = moment;
      return this;
    }

    public Asked attachments(List<Attachment> files) {
      attachments = files;
      return this;
    }

    public NewMessage build() {
      return new NewMessage(
          from,
          to,
          new NewMessage.Content(subject, html, null, templateId, variables),
          fromName,
          replyTo,
          headers,
          category,
          sendAt,
          attachments);
    }
  }
}
