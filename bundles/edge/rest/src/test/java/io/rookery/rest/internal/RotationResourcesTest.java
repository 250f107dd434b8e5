// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import static io.rookery.rest.internal.RestFixture.json;
import static io.rookery.rest.internal.RestFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.api.hosts.MailPassword;
import io.rookery.api.hosts.MailPasswordService;
import io.rookery.api.secrets.RotatingSecret;
import io.rookery.api.secrets.RotatingSecret.Due;
import io.rookery.api.secrets.RotationService;
import io.rookery.api.secrets.SecretRotation;
import io.rookery.api.secrets.SecretRotation.State;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.rest.internal.resource.HostPasswordResource;
import io.rookery.rest.internal.resource.RotatingSecretResource;
import io.rookery.rest.internal.resource.RotationResource;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RotationResourcesTest {

  private static final UUID ID = new UUID(0, 7);
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String SECRETS = "/api/v1/rotating-secrets";
  private static final String ROTATIONS = "/api/v1/rotations";
  private static final String PASSWORDS = "/api/v1/host-passwords/" + ID;
  private static RestFixture rest;

  @BeforeAll
  static void start() throws Exception {
    rest = new RestFixture();
    rest.servers.add(new RotatingSecretResource(new FakeRotations()));
    rest.servers.add(new RotationResource(new FakeRotations()));
    rest.servers.add(new HostPasswordResource(new FakePasswords()));
  }

  @AfterAll
  static void stop() throws Exception {
    rest.close();
  }

  @Test
  void secretsShouldBeListedByWhenTheyAreDue() throws Exception {
    JsonNode all = json(rest.get(SECRETS));
    assertThat(all.at("/data/0/reference").asText()).isEqualTo("all");
    JsonNode due = json(rest.get(SECRETS + "?due=within_7_days"));
    assertThat(due.at("/data/0/reference").asText()).isEqualTo("within_7_days");
    problem(rest.get(SECRETS + "?due=never"), 400, "invalid_request");
    assertThat(json(rest.get(SECRETS + "/" + ID)).path("days").asInt()).isEqualTo(180);
  }

  @Test
  void aSecretShouldBeRotatedAsAskedFor() throws Exception {
    JsonNode plain = json(rest.post(SECRETS + "/" + ID + "/rotate", "{}"));
    assertThat(plain.path("state").asText()).isEqualTo("grace");
    assertThat(plain.path("grace_seconds").asInt()).isEqualTo(86_400);
    JsonNode asked = json(rest.post(SECRETS + "/" + ID + "/rotate", "{\"grace_hours\":2}"));
    assertThat(asked.path("grace_seconds").asInt()).isEqualTo(7200);
    JsonNode emergency =
        json(rest.post(SECRETS + "/" + ID + "/rotate", "{\"incident_id\":\"INC-7\"}"));
    assertThat(emergency.path("incident_id").asText()).isEqualTo("INC-7");
  }

  @Test
  void theDaysShouldBeSet() throws Exception {
    HttpResponse<String> set = patch("{\"days\":90}");
    assertThat(json(set).path("days").asInt()).isEqualTo(90);
    problem(patch("{}"), 422, "validation_failed");
  }

  private static HttpResponse<String> patch(String body) throws Exception {
    return rest.send(
        rest.request(SECRETS + "/" + ID)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(body)));
  }

  @Test
  void allThatAreDueShouldBeRotated() throws Exception {
    JsonNode begun = json(rest.post(SECRETS + "/rotate", "{\"due\":\"overdue\"}"));
    assertThat(begun.path("begun").asInt()).isEqualTo(Due.OVERDUE.ordinal());
    problem(rest.post(SECRETS + "/rotate", "{}"), 422, "validation_failed");
  }

  @Test
  void rotationsShouldBeListedShownAndCalledOff() throws Exception {
    assertThat(json(rest.get(ROTATIONS)).at("/data/0/id").asText()).isEqualTo(ID.toString());
    assertThat(json(rest.get(ROTATIONS + "/" + ID)).path("old_version").asInt()).isEqualTo(1);
    JsonNode back = json(rest.post(ROTATIONS + "/" + ID + "/take-back", ""));
    assertThat(back.path("state").asText()).isEqualTo("taken_back");
  }

  @Test
  void passwordsShouldBeRegisteredAndTakenOff() throws Exception {
    HttpResponse<String> made =
        rest.post(
            PASSWORDS,
            """
            {"mailbox_id":"%s","user":"news","file":"/etc/dovecot/u","grace_file":"/etc/dovecot/g"}
            """
                .formatted(ID));
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(json(made).path("file").asText()).isEqualTo("/etc/dovecot/u");
    assertThat(json(rest.get(PASSWORDS)).at("/data/0/user").asText()).isEqualTo("news");
    assertThat(json(rest.get(PASSWORDS + "/" + ID)).path("secret_id").asText())
        .isEqualTo(ID.toString());
    assertThat(rest.send(rest.request(PASSWORDS + "/" + ID).DELETE()).statusCode()).isEqualTo(204);
  }

  @Test
  void scopesShouldBeNeeded() throws Exception {
    for (String path : List.of(SECRETS, ROTATIONS, PASSWORDS)) {
      problem(
          rest.send(rest.open(path).header("Authorization", "Bearer rky_reader")),
          403,
          "forbidden");
    }
  }

  private static final class FakeRotations implements RotationService {

    private static RotatingSecret secret(String reference, int days) {
      return new RotatingSecret(ID, "smtp", reference, ID, days, NOON, NOON);
    }

    private static SecretRotation rotation(State state, Order order) {
      Duration grace = order.grace() == null ? Duration.ofHours(24) : order.grace();
      return new SecretRotation(
          ID,
          ID,
          "smtp",
          "smtp/" + ID,
          ID,
          state,
          true,
          grace,
          order.incidentId(),
          1,
          null,
          NOON,
          NOON,
          NOON,
          null,
          NOON,
          1);
    }

    @Override
    public Page<RotatingSecret> secrets(TenantContext context, Due due, PageRequest page) {
      return new Page<>(List.of(secret(due.name().toLowerCase(java.util.Locale.ROOT), 180)), null);
    }

    @Override
    public RotatingSecret secret(TenantContext context, UUID secretId) {
      return secret("smtp/" + secretId, 180);
    }

    @Override
    public RotatingSecret schedule(TenantContext context, UUID secretId, int days) {
      return secret("smtp/" + secretId, days);
    }

    @Override
    public SecretRotation start(TenantContext context, UUID secretId, Order order) {
      return rotation(State.GRACE, order);
    }

    @Override
    public int startAll(TenantContext context, Due due) {
      return due.ordinal();
    }

    @Override
    public Page<SecretRotation> list(TenantContext context, PageRequest page) {
      return new Page<>(List.of(get(context, ID)), null);
    }

    @Override
    public SecretRotation get(TenantContext context, UUID id) {
      return rotation(State.GRACE, new Order(null, null));
    }

    @Override
    public SecretRotation takeBack(TenantContext context, UUID id) {
      return rotation(State.TAKEN_BACK, new Order(null, null));
    }

    @Override
    public UUID register(Tx tx, NewSecret secret) {
      throw new AssertionError("Nothing registers here");
    }

    @Override
    public void forget(Tx tx, UUID secretId) {
      throw new AssertionError("Nothing forgets here");
    }
  }

  private static final class FakePasswords implements MailPasswordService {

    private static MailPassword password(String file) {
      return new MailPassword(ID, ID, ID, "news", file, "/etc/dovecot/g", ID, NOON);
    }

    @Override
    public List<MailPassword> list(TenantContext context, UUID hostId) {
      return List.of(password("/etc/dovecot/u"));
    }

    @Override
    public MailPassword get(TenantContext context, UUID hostId, UUID id) {
      return password("/etc/dovecot/u");
    }

    @Override
    public MailPassword register(TenantContext context, UUID hostId, NewMailPassword wanted) {
      assertThat(wanted.mailboxId()).isEqualTo(ID);
      assertThat(wanted.rotationDays()).isNull();
      return password(wanted.file());
    }

    @Override
    public void remove(TenantContext context, UUID hostId, UUID id) {
      if (!hostId.equals(ID) || !id.equals(ID)) {
        throw RookeryException.notFound("password");
      }
    }
  }
}
