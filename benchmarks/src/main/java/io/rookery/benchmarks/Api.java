// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.benchmarks.api.Load;
import io.rookery.benchmarks.api.Load.Source;
import io.rookery.benchmarks.api.PlainServer;
import io.rookery.benchmarks.api.Request;
import io.rookery.benchmarks.cluster.InsideDatabase;
import io.rookery.itests.isolation.Crowd;
import io.rookery.itests.running.Rest;
import io.rookery.itests.running.RunningRookery;
import io.rookery.itests.running.TenantKey;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Reads single contacts, and signs people in, over 64 connections, in turns with plain servlets
 * that do the same work on the same database. The sabotage reads five hundred contacts each time.
 */
final class Api {

  private static final int CONNECTIONS = 64;
  private static final int CONTACTS = 500;
  private static final int ROUNDS = 5;
  private static final double LEAST_PER_SECOND = 4_000;
  private static final double MOST_MILLIS = 40;

  /** How many times as long as the plain servlet's the p95 of a sign-in may be. */
  private static final double MOST_TIMES = 1.5;

  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration ROUND = Duration.ofSeconds(8);
  private static final String UNLIMITED = "100000000";

  private final Options options;
  private final Report report;
  private final Contest reads = new Contest("reads", new ArrayList<>(), new ArrayList<>());
  private final Contest signIns = new Contest("sign-ins", new ArrayList<>(), new ArrayList<>());

  Api(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  /** The same thing, done by the platform and by a plain servlet. */
  private record Contest(String name, List<Load> ours, List<Load> plain) {

    void round(Source mine, Source theirs, Duration time) throws Exception {
      ours.add(Load.of(mine, CONNECTIONS, time));
      plain.add(Load.of(theirs, CONNECTIONS, time));
    }

    double of(ToDoubleFunction<Load> figure) {
      return Report.median(ours.stream().mapToDouble(figure).toArray());
    }

    double times(ToDoubleFunction<Load> figure) {
      double[] times = new double[ours.size()];
      for (int i = 0; i < times.length; i++) {
        times[i] = figure.applyAsDouble(ours.get(i)) / figure.applyAsDouble(plain.get(i));
      }
      return Report.median(times);
    }

    int refused() {
      return ours.stream().mapToInt(Load::refused).sum();
    }

    String last() {
      Load mine = ours.get(ours.size() - 1);
      Load his = plain.get(plain.size() - 1);
      return "%s %.0f/s p50 %.1f p95 %.1f ms, plain %.0f/s p50 %.1f p95 %.1f ms"
          .formatted(
              name,
              mine.perSecond(),
              mine.p50(),
              mine.p95(),
              his.perSecond(),
              his.p50(),
              his.p95());
    }
  }

  boolean run() throws Exception {
    try (Bench bench = Bench.start("api", Api::unlimited)) {
      InsideDatabase database = new InsideDatabase(bench.rookery().home());
      try (PlainServer plain = PlainServer.start(database.port(), database.password())) {
        measure(bench, plain.root());
      }
    }
    return holds();
  }

  private void measure(Bench bench, URI plain) throws Exception {
    String tenant = bench.rest().get("me").at("/tenant/id").asText();
    List<String> ids = contacts(bench.rest());
    List<Request> read =
        options.sabotage()
            ? List.of(Request.get("/api/v1/contacts?limit=500"))
            : ids.stream().map(id -> Request.get("/api/v1/contacts/" + id)).toList();
    URI root = bench.rookery().root();
    Source rows = new Source(root, bench.tenant().key(), read);
    Source plainRows = new Source(plain, null, plainly(tenant, ids));
    List<String> people = people(bench);
    Source doors = new Source(root, null, posts("/api/v1/sessions", people));
    Source plainDoors = new Source(plain, null, posts("/sessions", people));
    report.line("%d contacts, %d people, %d connections", CONTACTS, people.size(), CONNECTIONS);
    for (Source source : List.of(rows, plainRows, doors, plainDoors)) {
      Load.of(source, CONNECTIONS, WARM_UP);
    }
    for (int round = 1; round <= options.roundsOr(ROUNDS); round++) {
      reads.round(rows, plainRows, ROUND);
      signIns.round(doors, plainDoors, ROUND);
      report.line("round %d: %s; %s", round, reads.last(), signIns.last());
    }
  }

  private boolean holds() {
    report.line(
        "of the plain servlet: reads %.3f of its rate, p95 %.2f times as long;"
            + " sign-ins %.3f of its rate",
        reads.times(Load::perSecond), reads.times(Load::p95), signIns.times(Load::perSecond));
    double perSecond = reads.of(Load::perSecond);
    double p95 = reads.of(Load::p95);
    double times = signIns.times(Load::p95);
    int refused = reads.refused() + signIns.refused();
    report.line(
        "api %.0f reads/s gate %.0f, p95 %.1f ms gate %.0f; sign-in p95 %.0f ms,"
            + " %.2f times as long gate %.1f, refused %d",
        perSecond,
        LEAST_PER_SECOND,
        p95,
        MOST_MILLIS,
        signIns.of(Load::p95),
        times,
        MOST_TIMES,
        refused);
    return perSecond >= LEAST_PER_SECOND
        && p95 <= MOST_MILLIS
        && times <= MOST_TIMES
        && refused == 0;
  }

  private static List<String> contacts(Rest rest) throws IOException, InterruptedException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < CONTACTS; i++) {
      Object contact = Rest.object("email", "reader" + i + "@dest.example", "first_name", "Ada");
      ids.add(rest.post("contacts", contact).path("id").asText());
    }
    return ids;
  }

  private static List<Request> plainly(String tenant, List<String> ids) {
    return ids.stream().map(id -> Request.get("/contacts/" + tenant + "/" + id)).toList();
  }

  /** Somebody of their own for each connection, so that none is taken for a guesser. */
  private static List<String> people(Bench bench) throws IOException, InterruptedException {
    URI root = bench.rookery().root();
    Rest operator = new Rest(root, TenantKey.of(bench.rookery(), "operator").key());
    Crowd crowd = new Crowd(root, operator, "operator");
    List<String> people = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      people.add(new ObjectMapper().writeValueAsString(crowd.credentials()));
    }
    return people;
  }

  private static List<Request> posts(String path, List<String> people) {
    return people.stream().map(body -> Request.post(path, body)).toList();
  }

  private static void unlimited(RunningRookery rookery) throws IOException {
    rookery.with(
        "io.rookery.tenancy.cfg",
        Map.of(
            "rate_per_minute", UNLIMITED,
            "burst", UNLIMITED,
            "operator_rate_per_minute", UNLIMITED,
            "operator_burst", UNLIMITED));
  }
}
