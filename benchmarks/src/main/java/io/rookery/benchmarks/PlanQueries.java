// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.sending.DeadLetters.Filter;
import io.rookery.api.sending.SendingRates.Window;
import io.rookery.api.sending.SendingService.MessageFilter;
import io.rookery.api.sending.SendingService.State;
import io.rookery.contacts.internal.store.ContactStore;
import io.rookery.contacts.internal.store.ContactStore.Search;
import io.rookery.contacts.internal.store.SuppressionStore;
import io.rookery.contacts.internal.store.SuppressionStore.Asked;
import io.rookery.events.EventQuery;
import io.rookery.events.internal.EventQueryService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.SystemWork;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.TxWork;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.line.ClaimedMessage.Watermark;
import io.rookery.sending.internal.queue.DeadLettersImpl;
import io.rookery.sending.internal.queue.QueueFigures;
import io.rookery.sending.internal.queue.SendingQueueImpl;
import io.rookery.sending.internal.rates.SendingRatesImpl;
import io.rookery.sending.internal.store.ClaimStore;
import io.rookery.sending.internal.store.DueLanes;
import io.rookery.sending.internal.store.LaneStore;
import io.rookery.sending.internal.store.MessageStore;
import io.rookery.sending.internal.store.PlanStore;
import io.rookery.sending.internal.store.SenderQueries;
import io.rookery.sending.internal.store.SendingQueries;
import io.rookery.sending.internal.store.SingleStore;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** The hot queries, as the product's own stores ask them. */
final class PlanQueries implements AutoCloseable {

  private static final int PAGE = 51;

  private final PlansData data;
  private final Connection app;
  private final Connection system;
  private final Tx plain;
  private final List<Hot> all = new ArrayList<>();

  PlanQueries(TestDatabase database, PlansData data) throws SQLException {
    TenantContext context = TenantContext.of(data.tenant(), Actor.system("plans"));
    this.data = data;
    this.app = database.asApp(context);
    this.system = database.asSystem();
    this.plain = new OpenTx(context, app);
    contacts();
    sending();
    planner();
    queue();
    log();
  }

  /** What runs on a transaction's connection. */
  @FunctionalInterface
  interface Work {
    void run(Tx tx) throws SQLException;
  }

  /** A query by name, with the transaction that it runs in. */
  record Hot(String name, Tx tx, Work work) {}

  private record OpenTx(TenantContext context, Connection connection) implements Tx {}

  Tx plainTx() {
    return plain;
  }

  List<Hot> all() {
    return List.copyOf(all);
  }

  /** Runs a query and returns the plans of its statements. */
  List<String> explain(Hot query) throws SQLException {
    ExplainedConnection explained = new ExplainedConnection(query.tx().connection());
    query.work().run(new OpenTx(query.tx().context(), explained.connection()));
    return explained.takePlans();
  }

  private void app(String name, Work work) {
    all.add(new Hot(name, plain, work));
  }

  private UUID middle() {
    return PlansData.id(data.size() / 2);
  }

  private void contacts() {
    ContactStore store = new ContactStore(null);
    Search every = new Search(null, null, Map.of());
    Search member = new Search(PlansData.LIST, null, Map.of());
    int some = data.size() / 3;
    Search address = new Search(null, "user" + some + "@dest" + some % 500 + ".example", Map.of());
    app("contacts, first page", tx -> store.list(tx, every, null, PAGE));
    app("contacts, page in the middle", tx -> store.list(tx, every, middle(), PAGE));
    app("contact by address", tx -> store.list(tx, address, null, PAGE));
    app("contact by id", tx -> store.find(tx, middle()));
    app("list members, first page", tx -> store.list(tx, member, null, PAGE));
    app("list members, page in the middle", tx -> store.list(tx, member, middle(), PAGE));
    attribute(store, "attribute that 1 % have", null, Map.of("city", "City 7"));
    attribute(store, "attribute that 0.02 % have", null, Map.of("company", "Company 77"));
    attribute(store, "two attributes", null, Map.of("city", "City 7", "company", "Company 107"));
    attribute(store, "attribute in a list", PlansData.LIST, Map.of("city", "City 7"));
    app(
        "suppression of an address",
        tx -> new SuppressionStore().any(tx, new byte[32], new byte[31]));
    app("barriers of 500 addresses", tx -> new SuppressionStore().barriers(tx, asked()));
  }

  private List<Asked> asked() {
    return IntStream.range(0, 500)
        .mapToObj(i -> "user" + i * 7 + "@dest" + i * 7 % 500 + ".example")
        .map(address -> new Asked(address, address, new byte[32], new byte[31]))
        .toList();
  }

  private void attribute(ContactStore store, String name, UUID list, Map<String, String> values) {
    app(name + ", first page", tx -> store.list(tx, new Search(list, null, values), null, PAGE));
    app(name + ", middle", tx -> store.list(tx, new Search(list, null, values), middle(), PAGE));
  }

  private void sending() {
    LaneStore lanes = new LaneStore();
    ClaimStore claims = new ClaimStore();
    SendingQueries queries = new SendingQueries();
    Instant now = Instant.now();
    Watermark beyond = new Watermark(1, now.minusSeconds(3600), middle());
    app("claim", tx -> claims.claim(tx, PlansData.MAILBOX, Watermark.START, now, 500));
    app("claim beyond a watermark", tx -> claims.claim(tx, PlansData.MAILBOX, beyond, now, 500));
    app("lane's state with its counts", tx -> lanes.state(tx, PlansData.MAILBOX, now));
    app("message by id", tx -> queries.message(tx, middle()));
    app("link of a message", tx -> queries.linked(tx, middle()));
    app("messages, page", tx -> queries.messages(tx, new MessageFilter(null, null), null, PAGE));
    app(
        "messages of a campaign in a state, page",
        tx -> queries.messages(tx, new MessageFilter(PlansData.CAMPAIGN, State.DUE), null, PAGE));
    app(
        "transactional messages, page",
        tx ->
            queries.messages(
                tx, new MessageFilter(null, null, Category.TRANSACTIONAL), null, PAGE));
    app("contacts of 500 messages", tx -> new SenderQueries().contacts(tx, some(500)));
    app("content of a message", tx -> new SingleStore().content(tx, middle()));
    all.add(
        new Hot(
            "tenants with due messages", system(), tx -> lanes.tenantsWithDue(tx.connection())));
    all.add(
        new Hot(
            "lanes that are due",
            system(),
            tx -> new DueLanes().find(tx.connection(), "node", now, 100)));
    app("urgent claim", tx -> claims.claimUrgent(tx, PlansData.MAILBOX, now, 500));
    app("lane settled", tx -> lanes.settle(tx, PlansData.MAILBOX, null, null));
  }

  private static List<UUID> some(int count) {
    return IntStream.range(0, count).mapToObj(i -> PlansData.id(1 + i * 7)).toList();
  }

  private Tx system() {
    return new OpenTx(plain.context(), system);
  }

  private void queue() {
    Filter campaign = new Filter(null, PlansData.CAMPAIGN, null, null, null);
    Filter mailbox = new Filter(null, null, PlansData.MAILBOX, null, null);
    Filter code = new Filter(null, null, null, 550, "5.1.1");
    app("lanes with what waits, page", tx -> waiting(tx).lanes(tx.context(), PageRequest.FIRST));
    app("queue of a tenant", tx -> waiting(tx).totals(tx.context()));
    app("dead letters, page", tx -> dead(tx, Filter.ALL));
    app("dead letters of a campaign, page", tx -> dead(tx, campaign));
    app("dead letters of a mailbox, page", tx -> dead(tx, mailbox));
    app("dead letters with a code, page", tx -> dead(tx, code));
    app("reasons of dead letters", tx -> letters(tx).reasons(tx.context(), Filter.ALL));
    app(
        "rates of an hour",
        tx -> new SendingRatesImpl(on(tx)).rates(tx.context(), Window.HOUR, 10));
    all.add(new Hot("figures of the queue", system(), tx -> new QueueFigures(on(tx)).run()));
  }

  private static SendingQueueImpl waiting(Tx tx) {
    return new SendingQueueImpl(on(tx));
  }

  private static DeadLettersImpl letters(Tx tx) {
    return new DeadLettersImpl(on(tx), null, null, null);
  }

  private static void dead(Tx tx, Filter filter) {
    letters(tx).list(tx.context(), filter, PageRequest.FIRST);
  }

  private void planner() {
    PlanStore plans = new PlanStore();
    MessageStore messages = new MessageStore();
    Instant now = Instant.now();
    List<UUID> boxes = List.of(PlansData.MAILBOX, PlansData.id(1001), PlansData.id(1002));
    app("mailboxes' room", tx -> plans.rooms(tx, boxes, now));
    app("recipients that wait", tx -> plans.waiting(tx, PlansData.CAMPAIGN, 10_000));
    app("campaign has messages left", tx -> messages.anyLeft(tx, PlansData.CAMPAIGN));
    app("lanes of a campaign", tx -> messages.lanes(tx, PlansData.CAMPAIGN));
    app(
        "choosing of recipients",
        tx -> plans.find(tx, List.of(PlansData.LIST), middle(), data.size() / 100));
  }

  private void log() {
    app("events, first page", tx -> events(tx, null));
    app("events of a subject", tx -> events(tx, new EventQuery.Filter(null, middle())));
  }

  private static void events(Tx tx, EventQuery.Filter filter) {
    new EventQueryService(on(tx)).list(tx.context(), filter, PageRequest.FIRST);
  }

  /** Transactions that run everything on one connection. */
  private static Transactions on(Tx tx) {
    return (Transactions)
        Proxy.newProxyInstance(
            Transactions.class.getClassLoader(),
            new Class<?>[] {Transactions.class},
            (self, method, values) ->
                values[1] instanceof SystemWork<?> work
                    ? work.run(tx.connection())
                    : ((TxWork<?>) values[1]).run(tx));
  }

  @Override
  public void close() throws SQLException {
    app.close();
    system.close();
  }
}
