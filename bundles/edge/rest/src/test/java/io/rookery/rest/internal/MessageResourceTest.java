// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import static io.rookery.rest.internal.RestFixture.json;
import static io.rookery.rest.internal.RestFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.sending.MessageService;
import io.rookery.api.sending.NewMessage;
import io.rookery.api.sending.SendingService;
import io.rookery.api.sending.SendingService.Message;
import io.rookery.api.sending.SendingService.State;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.rest.internal.resource.MessageResource;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageResourceTest {

  private static final String MESSAGES = "/api/v1/messages";
  private static final UUID ID = UUID.fromString("01900000-0000-7000-8000-000000000007");
  private static final List<NewMessage> SENT = new ArrayList<>();

  private static RestFixture rest;

  @BeforeAll
  static void start() throws Exception {
    rest = new RestFixture();
    rest.servers.add(new MessageResource(nothing(), new Messages()));
  }

  /** Finds no message, whichever is asked for. */
  private static SendingService nothing() {
    return (SendingService)
        Proxy.newProxyInstance(
            SendingService.class.getClassLoader(),
            new Class<?>[] {SendingService.class},
            (proxy, method, arguments) -> {
              throw RookeryException.notFound("message");
            });
  }

  @AfterAll
  static void stop() throws Exception {
    rest.close();
  }

  @BeforeEach
  void forget() {
    SENT.clear();
  }

  @Test
  void aMessageShouldBeReadWholeAndAnsweredWithItsAddress() throws Exception {
    HttpResponse<String> answer =
        rest.post(
            MESSAGES,
            "{\"from\":\"a@example.org\",\"to\":\"b@example.org\",\"subject\":\"S\","
                + "\"text\":\"T\",\"category\":\"transactional\","
                + "\"send_at\":\"2026-12-24T18:00:00Z\",\"headers\":{\"Importance\":\"high\"},"
                + "\"attachments\":[{\"file_name\":\"a.txt\",\"content\":\"SGk=\"}]}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(answer.headers().firstValue("Location")).contains(MESSAGES + "/" + ID);
    assertThat(json(answer).path("category").asText()).isEqualTo("commercial");
    NewMessage sent = SENT.get(0);
    assertThat(sent.from().address()).isEqualTo("a@example.org");
    assertThat(sent.category()).isEqualTo(Category.TRANSACTIONAL);
    assertThat(sent.sendAt()).isEqualTo(Instant.parse("2026-12-24T18:00:00Z"));
    assertThat(sent.headers()).containsEntry("Importance", "high");
    assertThat(sent.attachments().get(0).content()).isEqualTo(new byte[] {'H', 'i'});
  }

  @Test
  void aBatchShouldKeepItsOrder() throws Exception {
    HttpResponse<String> answer =
        rest.post(MESSAGES + "/batch", "{\"messages\":[{\"to\":\"a@b.c\"},{\"to\":\"d@e.f\"}]}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(json(answer).path("messages")).hasSize(2);
    assertThat(SENT).extracting(m -> m.to().address()).containsExactly("a@b.c", "d@e.f");
  }

  @Test
  void wrongFieldsShouldBeNamedWithTheirMessage() throws Exception {
    wrong("/attachments/0/content", MESSAGES, "{\"attachments\":[{\"content\":\"no base64!\"}]}");
    wrong("/category", MESSAGES, "{\"category\":\"important\"}");
    wrong("/messages/1/send_at", MESSAGES + "/batch", "{\"messages\":[{},{\"send_at\":\"soon\"}]}");
    wrong("/messages", MESSAGES + "/batch", "{\"messages\":[]}");
    wrong("/messages", MESSAGES + "/batch", "{\"messages\":[null]}");
    String many = "{},".repeat(MessageService.LARGEST_BATCH) + "{}";
    wrong("/messages", MESSAGES + "/batch", "{\"messages\":[" + many + "]}");
    assertThat(SENT).isEmpty();
  }

  @Test
  void onlyMessagesShouldBeLarge() throws Exception {
    byte[] file = new byte[1_200_000];
    HttpResponse<String> taken = rest.post(MESSAGES, large(file));
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
    assertThat(SENT.get(0).attachments().get(0).content()).hasSize(file.length);

    problem(rest.post(MESSAGES, large(new byte[RestFixture.MESSAGE_LIMIT])), 413, "too_large");
    String name = "{\"first_name\":\"" + "x".repeat(RestFixture.BODY_LIMIT) + "\"}";
    problem(rest.post("/api/v1/contacts", name), 413, "too_large");
    assertThat(SENT).hasSize(1);
  }

  @Test
  void whateverComesOfALargeRequestShouldFreeItsPlace() throws Exception {
    // More than there are places for at a time, whatever memory there is for the tests.
    long most = Runtime.getRuntime().maxMemory() / RestFixture.MESSAGE_LIMIT / 16 + 3;
    String bad = large(new byte[1_000_000]).replace("content", "unknown");
    for (int i = 0; i < most; i++) {
      assertThat(rest.post(MESSAGES, bad).statusCode()).isEqualTo(422);
    }
    assertThat(rest.post(MESSAGES, large(new byte[1_000_000])).statusCode()).isEqualTo(202);
  }

  /** CXF takes the header for a wish to have no answer, and then runs no response filter. */
  @ParameterizedTest
  @ValueSource(strings = {"OnewayRequest", "onewayrequest"})
  void whoWantsNoAnswerShouldHaveOneAndFreeItsPlace(String header) throws Exception {
    long most = Runtime.getRuntime().maxMemory() / RestFixture.MESSAGE_LIMIT / 16 + 3;
    String whole = large(new byte[1_000_000]);
    for (int i = 0; i < most; i++) {
      HttpResponse<String> answer =
          rest.send(
              rest.request(MESSAGES)
                  .header("Content-Type", "application/json")
                  .header(header, "true")
                  .POST(BodyPublishers.ofString(whole)));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      assertThat(answer.headers().firstValue("Request-Id")).isPresent();
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }
    assertThat(SENT).hasSize((int) most);
  }

  @Test
  void whoSendsShouldSeeWhatBecameOfIt() throws Exception {
    assertThat(as("rky_mail", "GET", "/" + ID)).isEqualTo(404);
    assertThat(as("rky_campaigns", "GET", "/" + ID)).isEqualTo(404);
    assertThat(as("rky_templates", "GET", "/" + ID)).isEqualTo(403);
    assertThat(as("rky_mail", "POST", "/" + ID + "/cancel")).isEqualTo(404);
    assertThat(as("rky_campaigns", "POST", "/" + ID + "/cancel")).isEqualTo(403);
    assertThat(as("rky_campaigns", "POST", "")).isEqualTo(403);
  }

  private static int as(String key, String method, String path) throws Exception {
    return rest.send(
            rest.open(MESSAGES + path)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(method.equals("GET") ? "" : "{}")))
        .statusCode();
  }

  private static String large(byte[] file) {
    String content = Base64.getEncoder().encodeToString(file);
    return "{\"attachments\":[{\"content\":\"" + content + "\"}]}";
  }

  private static void wrong(String pointer, String path, String body) throws Exception {
    JsonNode problem = problem(rest.post(path, body), 422, "validation_failed");
    assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo(pointer);
  }

  private static final class Messages implements MessageService {

    @Override
    public Message send(TenantContext context, NewMessage message) {
      SENT.add(message);
      return message();
    }

    @Override
    public Batch sendAll(TenantContext context, List<NewMessage> messages) {
      SENT.addAll(messages);
      return new Batch(messages.stream().map(m -> message()).toList());
    }

    @Override
    public Message cancel(TenantContext context, UUID id) {
      throw RookeryException.notFound("message");
    }

    private static Message message() {
      return new Message(
          ID,
          null,
          null,
          ID,
          Category.COMMERCIAL,
          Mode.LIVE,
          State.DUE,
          0,
          Instant.EPOCH,
          0,
          null,
          null,
          "<a@b>",
          Instant.EPOCH,
          null);
    }
  }
}
