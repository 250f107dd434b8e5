// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import io.rookery.kernel.Tx;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.line.ClaimedMessage.Watermark;
import io.rookery.sending.internal.store.ClaimStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Has the stores run their hot queries as {@code rookery_app} under row-level security on a large
 * tenant, and looks at the plans: none may read a large table from end to end, nor read a twentieth
 * of it by an index only to throw it away. A claim must cost late in a campaign what it costs
 * early.
 */
final class Plans {

  private static final int COUNT = 100_000;
  private static final int CLAIM = 500;
  private static final int REPEATS = 21;
  private static final double GATE = 2;

  /** How many messages a second are sent meanwhile: what this line does on two cores. */
  private static final int PACE = 3500;

  private static final Pattern WHOLE_TABLE =
      Pattern.compile(
          "Seq Scan on (contact|contact_attribute|list_member|recipient|message|event\\w*)\\b");

  /** Indexes in which what follows the tenant has to be given, else the tenant's part is walked. */
  private static final Pattern WALK =
      Pattern.compile(
          "using (message_campaign|message_sent|recipient_waiting|contact_attribute_pkey"
              + "|list_member_pkey|recipient_tenant\\w*) on .*\\n"
              + "\\s+Index Cond: (?!.*(campaign_id|lane_id|token|list_id) = ).*\\n");

  private static final Pattern REMOVED = Pattern.compile("Rows Removed by .*: (\\d+)");

  private final Options options;
  private final Report report;
  private final ClaimStore claims = new ClaimStore();

  Plans(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  boolean run() throws Exception {
    TestDatabase database =
        TestDatabase.withAreas(
            "events", "secrets", "tenancy", "contacts", "mailboxes", "campaigns", "sending");
    database.beforeAll(null);
    try {
      return run(database);
    } finally {
      database.afterAll(null);
    }
  }

  private boolean run(TestDatabase database) throws Exception {
    int size = options.countOr(COUNT);
    PlansData data = new PlansData(database.tenant().tenantId(), size);
    try (Connection owner = database.owner();
        PlanQueries queries = new PlanQueries(database, data)) {
      data.make(owner);
      report.line("%d contacts, recipients, messages and events each", size);
      Ratios claim = claimLateAndEarly(owner, queries.plainTx(), data);
      data.fail(owner);
      try (Statement statement = owner.createStatement()) {
        statement.execute(options.sabotage() ? "drop index tenant.message_due" : "select 1");
        statement.execute("vacuum analyze");
      }
      long whole = 0;
      List<PlanQueries.Hot> hot = queries.all();
      for (PlanQueries.Hot query : hot) {
        whole += explained(queries, query) ? 0 : 1;
      }
      report.line(
          "plans %d of %d read a whole table, claim at 99 %% to 1 %% %.2f, from the front %.2f, gate %.1f",
          whole, hot.size(), claim.standing(), claim.front(), GATE);
      return whole == 0 && claim.dearer() <= GATE;
    }
  }

  /**
   * Measures claims when one of a hundred messages is sent and when 99 are: as the line claims,
   * from where it stands, and from the front, as it does once in ten seconds. Messages are sent at
   * the pace of the line, for what they leave behind in the index goes when the server's vacuum
   * comes round. The dearest claim of the last tenth counts, as a vacuum may just have been.
   */
  private Ratios claimLateAndEarly(Connection owner, Tx tx, PlansData data)
      throws SQLException, InterruptedException {
    int step = Math.max(1, data.size() / 100);
    // Once for nothing: the first claims of a JVM are its slowest.
    claimMillis(tx, Watermark.START);
    data.accept(owner, 1, step);
    double front = claimMillis(tx, Watermark.START);
    double standing = claimMillis(tx, standing(tx));
    double lateFront = 0;
    long begin = System.nanoTime();
    for (int percent = 1; percent < 99; percent++) {
      data.accept(owner, percent * step + 1, (percent + 1) * step);
      claim(tx, Watermark.START, block());
      if (percent >= 89) {
        lateFront = Math.max(lateFront, claimMillis(tx, Watermark.START));
      }
      long due = begin + percent * step * (1_000_000_000L / PACE);
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
    }
    double lateStanding = claimMillis(tx, standing(tx));
    report.line(
        "claim of %d where the lane stands: %.2f ms at 1 %%, %.2f ms at 99 %% of the campaign",
        block(), standing, lateStanding);
    report.line("the same from the front: %.2f ms at 1 %%, %.2f ms at 99 %%", front, lateFront);
    return new Ratios(lateStanding / standing, lateFront / front);
  }

  private record Ratios(double standing, double front) {
    double dearer() {
      return Math.max(standing, front);
    }
  }

  /** Returns the place of the first message that is due. */
  private Watermark standing(Tx tx) throws SQLException {
    return claim(tx, Watermark.START, 1).watermark();
  }

  /** Returns how many to claim: as many as the lane still holds when 99 of 100 are sent. */
  private int block() {
    return Math.max(1, Math.min(CLAIM, options.countOr(COUNT) / 200));
  }

  private double claimMillis(Tx tx, Watermark beyond) throws SQLException {
    double[] millis = new double[REPEATS];
    for (int i = 0; i < millis.length; i++) {
      long begin = System.nanoTime();
      claim(tx, beyond, block());
      millis[i] = (System.nanoTime() - begin) / 1e6;
    }
    return Report.median(millis);
  }

  private ClaimStore.Claim claim(Tx tx, Watermark beyond, int limit) throws SQLException {
    ClaimStore.Claim claim = claims.claim(tx, PlansData.MAILBOX, beyond, Instant.now(), limit);
    if (claim.ready().isEmpty()) {
      throw new IllegalStateException("There was nothing to claim");
    }
    return claim;
  }

  private static long removed(String plan) {
    return REMOVED.matcher(plan).results().mapToLong(found -> Long.parseLong(found.group(1))).sum();
  }

  /** Runs a query and reports it; returns whether its plans read no large table as a whole. */
  private boolean explained(PlanQueries queries, PlanQueries.Hot query) throws SQLException {
    List<String> plans = queries.explain(query);
    double[] millis = new double[5];
    for (int i = 0; i < millis.length; i++) {
      long begin = System.nanoTime();
      query.work().run(query.tx());
      millis[i] = (System.nanoTime() - begin) / 1e6;
    }
    List<String> bad = new ArrayList<>();
    for (String plan : plans) {
      if (WHOLE_TABLE.matcher(plan).find()
          || WALK.matcher(plan).find()
          || removed(plan) > options.countOr(COUNT) / 20) {
        bad.add(plan);
      }
    }
    boolean good = bad.isEmpty() && !plans.isEmpty();
    report.line(
        "%-44s %8.2f ms  %s", query.name(), Report.median(millis), good ? "index" : "WHOLE");
    bad.forEach(plan -> report.line("%s", plan));
    return good;
  }
}
