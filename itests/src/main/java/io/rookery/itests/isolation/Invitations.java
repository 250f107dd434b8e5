// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.itests.running.Rest;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Has people invited by tenants that are made for it, and reads the operator's caught mail. */
final class Invitations {

  private static final Pattern TOKEN = Pattern.compile("rky_invitation_[A-Za-z0-9_-]+");

  private final URI root;
  private final Rest operator;

  Invitations(URI root, Rest operator) {
    this.root = root;
    this.operator = operator;
  }

  /** Returns the token of a link that was mailed to an address. */
  String token(String email) throws Exception {
    caughtFromNowOn();
    String slug = "i" + UUID.randomUUID();
    String tenant =
        operator.post("tenants", Rest.object("name", "I", "slug", slug)).path("id").asText();
    Object admin = Rest.object("name", "admin", "scopes", List.of("admin"));
    String key = operator.post("tenants/" + tenant + "/api-keys", admin).path("secret").asText();
    new Rest(root, key).post("invitations", Rest.object("email", email, "role", "viewer"));
    return await("an invitation of " + email)
        .atMost(1, MINUTES)
        .until(() -> mailed(email), Optional::isPresent)
        .orElseThrow();
  }

  /** The operator may have chosen a mailbox that nobody reads. */
  private void caughtFromNowOn() throws Exception {
    HttpResponse<String> chosen = operator.send("GET", "system-mailbox", null, "");
    if (chosen.statusCode() == 404 || chosen.body().contains("\"backend\":\"sandbox\"")) {
      return; // None is chosen yet, and a caught one will be.
    }
    String address = "people" + UUID.randomUUID() + "@dest.example";
    String box = operator.post("mailboxes", Owner.mailboxData(address)).path("id").asText();
    operator.put("system-mailbox", Rest.object("mailbox_id", box));
  }

  private Optional<String> mailed(String email) throws Exception {
    for (JsonNode mail : operator.get("sandbox-messages?limit=100").path("data")) {
      if (mail.path("recipients").path(0).asText().equals(email)) {
        JsonNode whole = operator.get("sandbox-messages/" + mail.path("id").asText());
        Matcher token = TOKEN.matcher(whole.path("text").asText());
        if (token.find()) {
          return Optional.of(token.group());
        }
      }
    }
    return Optional.empty();
  }
}
