// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.journey;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.itests.running.RemoteShell;
import io.rookery.itests.running.Rest;
import io.rookery.itests.running.TenantKey;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.Before;
import org.junit.Test;

/** Moves between versions of a backend that make no sense: refused with a reason, nobody moved. */
public class WrongMoveIT {

  private static final String JSON = "application/json";

  private Rest operator;
  private String before;

  @Before
  public void look() throws Exception {
    operator = Platform.rest(TenantKey.of(Platform.running(), "operator"));
    before = moves();
  }

  @Test
  public void wrongMovesShouldBeRefusedByRest() throws Exception {
    refused("smtp/move", "{\"version\":", 400, "");
    refused("smtp/move", "[]", 422, "");
    refused("smtp/move", "{}", 422, "/version");
    refused("smtp/move", "{\"version\":7,\"percent\":\"half\"}", 422, "");
    refused("smtp/move", "{\"version\":\"9.9.9\"}", 422, "/version");
    refused("smtp/move", "{\"version\":\"0.1.0\",\"percent\":0}", 422, "/percent");
    refused("smtp/move", "{\"version\":\"0.1.0\",\"percent\":101}", 422, "/percent");
    refused("smtp/move", "{\"version\":\"0.1.0\",\"return_above\":0}", 422, "/return_above");
    refused("smtp/move", "{\"version\":\"0.1.0\",\"colour\":\"red\"}", 422, "");
    String tenant = "0199f000-0000-7000-8000-000000000001";
    String both = "{\"version\":\"0.1.0\",\"percent\":5,\"tenant_ids\":[\"" + tenant + "\"]}";
    refused("smtp/move", both, 422, "/percent");
    refused("nothing/move", "{\"version\":\"0.1.0\"}", 422, "/version");
    refused("nothing/return", null, 404, "");
    refused("nothing/settle", null, 404, "");
    assertEquals(before, moves());
  }

  @Test
  public void wrongMovesShouldBeRefusedByTheShell() throws Exception {
    try (RemoteShell shell = RemoteShell.open(Platform.running())) {
      said(shell, "rookery:backend-move smtp 9.9.9", "not installed");
      said(shell, "rookery:backend-move --percent 101 smtp 0.1.0", "1 to 100");
      said(shell, "rookery:backend-move --percent half smtp 0.1.0", "half");
      said(shell, "rookery:backend-move --tenant nobody smtp 0.1.0", "nobody");
      said(shell, "rookery:backend-move smtp", "version");
      said(shell, "rookery:backend-return nothing", "nothing");
      said(shell, "rookery:backend-settle nothing", "nothing");
    }
    assertEquals(before, moves());
  }

  private static void said(RemoteShell shell, String command, String words) {
    String answer = assertThrows(IOException.class, () -> shell.run(command)).getMessage();
    answer = answer.substring(answer.indexOf("': ") + 3);
    assertTrue(command + " said: " + answer, answer.contains(words));
    assertFalse(command + " said: " + answer, answer.contains("\tat "));
  }

  private String moves() throws Exception {
    StringBuilder moves = new StringBuilder();
    for (JsonNode use : operator.get("backend-versions").path("data")) {
      moves.append(use.path("backend")).append(use.path("current")).append(use.path("next"));
      moves.append(use.path("state")).append('\n');
    }
    return moves.toString();
  }

  private void refused(String path, String body, int status, String pointer) throws Exception {
    HttpResponse<String> answer =
        operator.send(
            "POST",
            "backend-versions/" + path,
            body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
            JSON);
    assertEquals(path + " " + body + " " + answer.body(), status, answer.statusCode());
    JsonNode problem = new ObjectMapper().readTree(answer.body());
    assertFalse(answer.body(), problem.path("detail").asText().isEmpty());
    assertTrue(
        answer.body(), problem.path("errors").path(0).path("pointer").asText().contains(pointer));
  }
}
