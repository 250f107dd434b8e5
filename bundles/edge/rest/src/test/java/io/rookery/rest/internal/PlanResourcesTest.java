// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import static io.rookery.rest.internal.RestFixture.json;
import static io.rookery.rest.internal.RestFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.Plan;
import io.rookery.api.plans.PlanService;
import io.rookery.api.plans.Subscription;
import io.rookery.api.plans.Subscription.Allowed;
import io.rookery.api.plans.Subscription.Interval;
import io.rookery.api.plans.Subscriptions;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.rest.internal.resource.PlanResource;
import io.rookery.rest.internal.resource.SubscriptionResource;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PlanResourcesTest {

  private static final Plan STARTER =
      new Plan(
          "starter",
          "Starter",
          10,
          true,
          Map.of(Entitlement.DOMAINS, 5L, Entitlement.REQUESTS_PER_MINUTE, 60L),
          new Plan.Price("USD", 4900, 47000));
  private static final FakeSubscriptions SUBSCRIPTIONS = new FakeSubscriptions();
  private static final FakePlans PLANS = new FakePlans();
  private static RestFixture rest;

  @BeforeAll
  static void start() throws Exception {
    rest = new RestFixture();
    rest.servers.add(new PlanResource(PLANS));
    rest.servers.add(new SubscriptionResource(SUBSCRIPTIONS));
  }

  @AfterAll
  static void stop() throws Exception {
    rest.close();
  }

  private static HttpResponse<String> put(String key, String path, String body) throws Exception {
    HttpRequest.Builder request =
        rest.open(path)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body));
    return rest.send(request);
  }

  @Test
  void plansShouldBeShownWithWhatTheyGiveToAnyKey() throws Exception {
    HttpResponse<String> answer =
        rest.send(rest.open("/api/v1/plans").header("Authorization", "Bearer rky_reader"));
    JsonNode plan = json(answer).at("/data/0");
    assertThat(plan.path("code").asText()).isEqualTo("starter");
    assertThat(plan.at("/limits/domains").asLong()).isEqualTo(5);
    assertThat(plan.at("/limits/users").isNull() || plan.at("/limits/users").isMissingNode())
        .isTrue();
    assertThat(plan.at("/price/month").asLong()).isEqualTo(4900);
  }

  @Test
  void theSubscriptionShouldBeShownAndChangedOncePerKey() throws Exception {
    JsonNode shown = json(rest.get("/api/v1/subscription"));
    assertThat(shown.at("/plan/code").asText()).isEqualTo("starter");
    assertThat(shown.at("/entitlements/0/entitlement").asText()).isEqualTo("domains");
    assertThat(shown.at("/entitlements/0/used").asLong()).isEqualTo(3);
    HttpRequest.Builder change =
        rest.request("/api/v1/subscription/change")
            .header("Idempotency-Key", "\"up-1\"")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"plan\":\"business\",\"interval\":\"year\"}"));
    assertThat(rest.send(change).statusCode()).isEqualTo(200);
    assertThat(SUBSCRIPTIONS.asked).isEqualTo("business YEAR up-1");
    problem(rest.post("/api/v1/subscription/change", "{}"), 422, "validation_failed");
    problem(
        rest.post("/api/v1/subscription/change", "{\"plan\":\"tiny\"}"),
        409,
        "plan_limits_exceeded");
  }

  @Test
  void billingShouldBeAskedForAndBeClosedToTestKeys() throws Exception {
    for (String key : List.of("rky_reader", "rky_test")) {
      problem(
          rest.send(rest.open("/api/v1/subscription").header("Authorization", "Bearer " + key)),
          403,
          "forbidden");
    }
  }

  @Test
  void onlyTheOperatorShouldChangePlans() throws Exception {
    String body =
        "{\"name\":\"Tiny\",\"rank\":1,\"limits\":{\"domains\":1,\"requests_per_minute\":10,"
            + "\"request_burst\":20},\"price\":{\"currency\":\"USD\",\"month\":100,\"year\":1000}}";
    problem(put("rky_all", "/api/v1/plans/tiny", body), 403, "forbidden");
    JsonNode made = json(put("rky_operator", "/api/v1/plans/tiny", body));
    assertThat(made.path("code").asText()).isEqualTo("tiny");
    assertThat(PLANS.put)
        .isEqualTo(
            new Plan(
                "tiny",
                "Tiny",
                1,
                true,
                Map.of(
                    Entitlement.DOMAINS, 1L,
                    Entitlement.REQUESTS_PER_MINUTE, 10L,
                    Entitlement.REQUEST_BURST, 20L),
                new Plan.Price("USD", 100, 1000)));
    JsonNode wrong =
        problem(
            put("rky_operator", "/api/v1/plans/tiny", "{\"price\":{\"currency\":\"USD\"}}"),
            422,
            "validation_failed");
    assertThat(wrong.path("errors").toString())
        .contains("/name", "/rank", "/limits", "/price/month", "/price/year");
  }

  private static final class FakePlans implements PlanService {

    private Plan put;

    @Override
    public List<Plan> list(TenantContext context) {
      return List.of(STARTER);
    }

    @Override
    public Plan put(TenantContext operator, Plan plan) {
      put = plan;
      return plan;
    }
  }

  private static final class FakeSubscriptions implements Subscriptions {

    private String asked;

    @Override
    public Subscription get(TenantContext context) {
      return new Subscription(
          context.tenantId(),
          STARTER,
          Interval.MONTH,
          Instant.EPOCH,
          Instant.EPOCH,
          null,
          null,
          List.of(new Allowed(Entitlement.DOMAINS, 5L, 3L, false)));
    }

    @Override
    public Subscription change(TenantContext context, String plan, Interval interval) {
      if (plan.equals("tiny")) {
        throw new RookeryException(OVER_LIMITS, "It allows 1 domains and there are 3");
      }
      asked = plan + " " + interval + " " + context.idempotencyKey().key();
      return get(context);
    }

    @Override
    public Subscription assign(
        TenantContext operator, UUID tenantId, String plan, Interval interval) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Subscription get(TenantContext operator, UUID tenantId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Subscription override(
        TenantContext operator, UUID tenantId, Entitlement entitlement, Long limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Subscription removeOverride(
        TenantContext operator, UUID tenantId, Entitlement entitlement) {
      throw new UnsupportedOperationException();
    }
  }
}
