// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import static io.rookery.rest.internal.RestFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.rest.internal.filter.QueryNames;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.ws.rs.core.UriInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

  private static final String CONTACTS = "/api/v1/contacts";
  private static RestFixture rest;

  @BeforeAll
  static void start() throws Exception {
    rest = new RestFixture();
  }

  @AfterAll
  static void stop() throws Exception {
    rest.close();
  }

  @Test
  void anUnknownParameterShouldBeRefusedAndTheKnownOnesNamed() throws Exception {
    JsonNode problem = problem(rest.get(CONTACTS + "?emial=a%40b.example"), 400, "invalid_request");
    assertThat(problem.path("detail").asText())
        .contains("attribute.*", "cursor", "email", "limit", "list_id")
        .doesNotContain("emial");
  }

  @Test
  void anOperationWithoutParametersShouldTakeNone() throws Exception {
    problem(rest.get("/api/v1/me?fields=name"), 400, "invalid_request");
  }

  @Test
  void whoHasNoKeyShouldNotLearnWhichThereAre() throws Exception {
    problem(rest.send(rest.open(CONTACTS + "?emial=a")), 401, "unauthenticated");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=5",
        "attribute.city=Berlin",
        "attribute.city=M%C3%BCnchen&limit=5",
        "",
        "&"
      })
  void whatThereIsShouldBeTaken(String query) throws Exception {
    assertThat(rest.get(CONTACTS + "?" + query).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"email=%FF", "email=%C3%28", "email=%4", "email=%zz", "%FF=a", "%=a"})
  void textThatIsNoUtf8ShouldBeRefused(String query) throws Exception {
    assertThat(raw(CONTACTS + "?" + query)).startsWith("HTTP/1.1 400 ").contains("invalid_request");
  }

  /** Mail programs and those who count clicks hang parameters of their own on links. */
  @Test
  void linksShouldTakeWhatIsHungOnThem() throws Exception {
    for (String link : List.of("/t/o/unknown", "/t/c/unknown", "/u/unknown")) {
      String plain = status(raw(link));
      assertThat(status(raw(link + "?utm_source=%FF&fbclid=1"))).isEqualTo(plain);
    }
  }

  @Test
  void everyMethodThatReadsTheWholeQueryShouldSayWhatOf() throws Exception {
    for (Class<?> type : ResourceClasses.all()) {
      ResourceClasses.operations(type)
          .filter(QueryTest::readsAll)
          .forEach(m -> assertThat(QueryNames.of(m).prefixes()).as(m.toString()).isNotEmpty());
    }
  }

  private static boolean readsAll(Method method) {
    boolean api =
        method.getDeclaringClass().getAnnotation(Address.class).value().startsWith("/api/v1/");
    return api && Arrays.asList(method.getParameterTypes()).contains(UriInfo.class);
  }

  private static String status(String answer) {
    return answer.substring(0, answer.indexOf('\r'));
  }

  /** Sends what no client of the JDK would. */
  private static String raw(String path) throws IOException {
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer rky_all\r\n"
            + "Connection: close\r\n\r\n";
    try (Socket socket = new Socket("localhost", rest.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
