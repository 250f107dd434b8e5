// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import static io.rookery.rest.internal.RestFixture.json;
import static io.rookery.rest.internal.RestFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.api.tenancy.ApiKey;
import io.rookery.api.tenancy.ApiKeyService;
import io.rookery.api.tenancy.KeyUsage;
import io.rookery.api.tenancy.Scope;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.rest.internal.resource.ApiKeyResource;
import io.rookery.spi.plugin.Secret;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ApiKeyResourceTest {

  private static final String KEYS = "/api/v1/api-keys";
  private static final UUID KEY = FakeAuthenticator.KEY;
  private static final FakeKeys SERVICE = new FakeKeys();
  private static RestFixture rest;

  @BeforeAll
  static void start() throws Exception {
    rest = new RestFixture();
    rest.servers.add(new ApiKeyResource(SERVICE));
  }

  @AfterAll
  static void stop() throws Exception {
    rest.close();
  }

  @Test
  void useShouldBeShownByDayAndOperation() throws Exception {
    JsonNode usage = json(rest.get(KEYS + "/" + KEY + "/usage"));
    assertThat(usage.at("/days/0/day").asText()).isEqualTo("2026-11-23");
    assertThat(usage.at("/days/0/calls").asLong()).isEqualTo(7);
    assertThat(usage.at("/operations/0/operation").asText()).isEqualTo("listContacts");
    problem(rest.get(KEYS + "/" + UUID.randomUUID() + "/usage"), 404, "not_found");
    problem(
        rest.send(
            rest.open(KEYS + "/" + KEY + "/usage").header("Authorization", "Bearer rky_reader")),
        403,
        "forbidden");
  }

  @Test
  void addressesShouldBePassedOnAndShown() throws Exception {
    HttpResponse<String> made =
        rest.post(
            KEYS,
            "{\"name\":\"CI\",\"scopes\":[\"contacts\"],\"addresses\":[\"192.0.2.0/24\",\"::1\"]}");
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(json(made).at("/key/addresses").toString()).isEqualTo("[\"192.0.2.0/24\",\"::1\"]");
    problem(
        rest.post(KEYS, "{\"name\":\"CI\",\"scopes\":[\"contacts\"],\"addresses\":[null]}"),
        422,
        "validation_failed");
  }

  @Test
  void graceShouldBeADayUnlessSaidAndAWeekAtMost() throws Exception {
    String rotate = KEYS + "/" + KEY + "/rotate";
    assertThat(rest.post(rotate, "{}").statusCode()).isEqualTo(201);
    assertThat(SERVICE.grace).isEqualTo(Duration.ofHours(24));
    assertThat(rest.post(rotate, "{\"grace_hours\":0}").statusCode()).isEqualTo(201);
    assertThat(SERVICE.grace).isZero();
    JsonNode wrong = problem(rest.post(rotate, "{\"grace_hours\":169}"), 422, "validation_failed");
    assertThat(wrong.at("/errors/0/pointer").asText()).isEqualTo("/grace_hours");
  }

  private static final class FakeKeys implements ApiKeyService {

    private volatile Duration grace;

    private static ApiKey key(List<String> addresses) {
      return new ApiKey(
          KEY,
          "CI",
          Set.of(Scope.CONTACTS),
          addresses,
          Mode.LIVE,
          "hint",
          Instant.EPOCH,
          null,
          null,
          null);
    }

    @Override
    public CreatedKey create(TenantContext context, NewApiKey wanted, Set<Scope> holder) {
      return new CreatedKey(key(wanted.addresses()), Secret.of("rky_live_x"));
    }

    @Override
    public KeyUsage usage(TenantContext context, UUID id) {
      if (!id.equals(KEY)) {
        throw RookeryException.notFound("API key");
      }
      return new KeyUsage(
          List.of(new KeyUsage.Day(LocalDate.of(2026, 11, 23), 7)),
          List.of(new KeyUsage.Operation("listContacts", 7)));
    }

    @Override
    public CreatedKey rotate(TenantContext context, UUID id, Duration wanted) {
      grace = wanted;
      return new CreatedKey(key(List.of()), Secret.of("rky_live_x"));
    }

    @Override
    public Page<ApiKey> list(TenantContext context, PageRequest page) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ApiKey get(TenantContext context, UUID id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ApiKey revoke(TenantContext context, UUID id) {
      throw new UnsupportedOperationException();
    }
  }
}
