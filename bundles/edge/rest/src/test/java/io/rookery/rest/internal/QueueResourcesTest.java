// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import static io.rookery.rest.internal.RestFixture.json;
import static io.rookery.rest.internal.RestFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.api.sending.DeadLetters;
import io.rookery.api.sending.DeadLetters.Filter;
import io.rookery.api.sending.DeadLetters.Kind;
import io.rookery.api.sending.DeadLetters.Reason;
import io.rookery.api.sending.SendingQueue;
import io.rookery.api.sending.SendingQueue.Lane;
import io.rookery.api.sending.SendingQueue.Totals;
import io.rookery.api.sending.SendingQueue.Waiting;
import io.rookery.api.sending.SendingRates;
import io.rookery.api.sending.SendingRates.DomainRate;
import io.rookery.api.sending.SendingRates.MailboxRate;
import io.rookery.api.sending.SendingRates.Outcomes;
import io.rookery.api.sending.SendingRates.Point;
import io.rookery.api.sending.SendingRates.Rates;
import io.rookery.api.sending.SendingRates.Window;
import io.rookery.jobs.Job;
import io.rookery.jobs.JobService;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.rest.internal.resource.DeadLetterResource;
import io.rookery.rest.internal.resource.LaneResource;
import io.rookery.rest.internal.resource.QueueResource;
import io.rookery.rest.internal.resource.RateResource;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lanes, queue, rates and dead letters as the API tells them. */
class QueueResourcesTest {

  private static final UUID ID = UUID.fromString("01900000-0000-7000-8000-000000000007");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String LETTERS = "/api/v1/dead-letters";

  private static RestFixture rest;
  private static volatile Object seen;

  @BeforeAll
  static void start() throws Exception {
    rest = new RestFixture();
    SendingQueue queue =
        fake(
            SendingQueue.class,
            Map.of(
                "lanes", arguments -> lanes((PageRequest) arguments[1]),
                "totals", arguments -> new Totals(new Waiting(3, 1, 2, NOON), 4, 1, 5, 6, ID)));
    rest.servers.add(new LaneResource(queue));
    rest.servers.add(new QueueResource(queue));
    rest.servers.add(
        new RateResource(
            fake(
                SendingRates.class,
                Map.of("rates", arguments -> rates((Window) arguments[1], (int) arguments[2])))));
    rest.servers.add(
        new DeadLetterResource(
            fake(
                DeadLetters.class,
                Map.of(
                    "list", arguments -> noted(arguments[1], new Page<>(List.of(), null)),
                    "reasons",
                        arguments ->
                            noted(
                                arguments[1],
                                List.of(new Reason(452, "4.2.2", "<b>Mailbox full</b>", 17, ID))),
                    "requeue", arguments -> noted(arguments[1], ID))),
            fake(JobService.class, Map.of("get", arguments -> job((UUID) arguments[1])))));
  }

  @AfterAll
  static void stop() throws Exception {
    rest.close();
  }

  private static <T> T fake(Class<T> service, Map<String, Function<Object[], Object>> methods) {
    return service.cast(
        Proxy.newProxyInstance(
            service.getClassLoader(),
            new Class<?>[] {service},
            (proxy, method, arguments) -> methods.get(method.getName()).apply(arguments)));
  }

  private static Object noted(Object filter, Object answer) {
    seen = filter;
    return answer;
  }

  private static Page<Lane> lanes(PageRequest page) {
    seen = page;
    Waiting waiting = new Waiting(3, 1, 2, NOON.minusSeconds(9));
    return new Page<>(
        List.of(new Lane(ID, waiting, NOON, "node-a", "Its mailbox is paused", 4, 90)), "next");
  }

  private static Rates rates(Window window, int top) {
    seen = top;
    Outcomes outcomes = new Outcomes(90, 2, 1, 3);
    return new Rates(
        window,
        NOON,
        outcomes,
        List.of(new MailboxRate(ID, outcomes)),
        List.of(new DomainRate("x.example", outcomes)),
        List.of(new Point(NOON, new Outcomes(15, 0, 0, 0))));
  }

  private static Job job(UUID id) {
    return new Job(
        id, "sending.requeue", ID, Job.State.QUEUED, 0, 0, Map.of(), null, NOON, null, null);
  }

  @Test
  void lanesShouldTellAllOfThemselvesInPages() throws Exception {
    JsonNode page = json(rest.get("/api/v1/lanes?limit=7&cursor=x"));

    assertThat(seen).isEqualTo(new PageRequest(7, "x"));
    assertThat(page.path("next_cursor").asText()).isEqualTo("next");
    JsonNode lane = page.at("/data/0");
    assertThat(lane.path("due").asInt()).isEqualTo(3);
    assertThat(lane.path("transactional_due").asInt()).isEqualTo(1);
    assertThat(lane.path("held").asInt()).isEqualTo(2);
    assertThat(lane.path("oldest_due_at").asText()).isEqualTo("2026-03-01T11:59:51Z");
    assertThat(lane.path("held_back").asText()).isEqualTo("Its mailbox is paused");
    assertThat(lane.path("in_flight").asInt()).isEqualTo(4);
    assertThat(lane.path("accepted_last_minute").asInt()).isEqualTo(90);
  }

  @Test
  void theQueueShouldBeToldAltogether() throws Exception {
    JsonNode queue = json(rest.get("/api/v1/queue"));

    assertThat(queue.path("lanes_held_back").asInt()).isEqualTo(1);
    assertThat(queue.path("dead_letters").asInt()).isEqualTo(5);
    assertThat(queue.path("in_doubt").asInt()).isEqualTo(6);
    assertThat(queue.path("next_mailbox_id").asText()).isEqualTo(ID.toString());
  }

  @Test
  void ratesShouldBeByTheSecondAndTheMinute() throws Exception {
    JsonNode rates = json(rest.get("/api/v1/sending-rates"));

    assertThat(seen).isEqualTo(10);
    assertThat(rates.path("window").asText()).isEqualTo("minute");
    assertThat(rates.path("seconds").asInt()).isEqualTo(60);
    assertThat(rates.at("/total/per_second").asDouble()).isEqualTo(1.5);
    assertThat(rates.at("/total/per_minute").asDouble()).isEqualTo(90);
    assertThat(rates.at("/mailboxes/0/outcomes/in_doubt").asInt()).isEqualTo(3);
    assertThat(rates.at("/domains/0/domain").asText()).isEqualTo("x.example");
    assertThat(rates.at("/points/0/outcomes/per_second").asDouble()).isEqualTo(1.5);
    JsonNode hour = json(rest.get("/api/v1/sending-rates?window=hour&top=3"));
    assertThat(seen).isEqualTo(3);
    assertThat(hour.at("/total/per_second").asDouble()).isEqualTo(0.03);
    assertThat(json(rest.get("/api/v1/sending-rates?window=&top=")).path("seconds").asInt())
        .isEqualTo(60);
    assertThat(seen).isEqualTo(10);
    problem(rest.get("/api/v1/sending-rates?window=year"), 400, "invalid_request");
  }

  @Test
  void aFilterShouldBeReadWhole() throws Exception {
    String query =
        "?kind=in_doubt&campaign_id=%s&mailbox_id=%s&code=452&enhanced_code=4.2.2"
            .formatted(ID, ID);
    Filter expected = new Filter(Kind.IN_DOUBT, ID, ID, 452, "4.2.2");

    assertThat(rest.get(LETTERS + query).statusCode()).isEqualTo(200);
    assertThat(seen).isEqualTo(expected);
    JsonNode reasons = json(rest.get(LETTERS + "/reasons" + query));
    assertThat(seen).isEqualTo(expected);
    assertThat(reasons.at("/data/0/detail").asText()).isEqualTo("<b>Mailbox full</b>");
    assertThat(reasons.at("/data/0/newest_message_id").asText()).isEqualTo(ID.toString());
    assertThat(rest.get(LETTERS).statusCode()).isEqualTo(200);
    assertThat(seen).isEqualTo(Filter.ALL);
    String empty = "?kind=&campaign_id=&mailbox_id=&code=&enhanced_code=";
    assertThat(rest.get(LETTERS + empty).statusCode()).isEqualTo(200);
    assertThat(seen).isEqualTo(Filter.ALL);
    problem(rest.get(LETTERS + "?kind=lost"), 400, "invalid_request");
    problem(rest.get(LETTERS + "?code=many"), 400, "invalid_request");
  }

  @Test
  void requeueShouldBeAnsweredWithItsJob() throws Exception {
    HttpResponse<String> answer =
        rest.post(LETTERS + "/requeue", "{\"code\":452,\"mailbox_id\":\"" + ID + "\"}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(answer.headers().firstValue("Location")).contains("/api/v1/jobs/" + ID);
    assertThat(json(answer).path("kind").asText()).isEqualTo("sending.requeue");
    assertThat(seen).isEqualTo(new Filter(Kind.FAILED, null, ID, 452, null));
    assertThat(rest.post(LETTERS + "/requeue", "{\"all\":true}").statusCode()).isEqualTo(202);
    assertThat(seen).isEqualTo(Filter.ALL);
  }

  @Test
  void requeueShouldNotTakeEverythingByMistake() throws Exception {
    seen = null;
    for (String body : List.of("{}", "{\"kind\":\"failed\"}", "{\"all\":false}")) {
      JsonNode problem = problem(rest.post(LETTERS + "/requeue", body), 422, "validation_failed");
      assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo("/all");
    }
    assertThat(seen).isNull();
  }
}
