// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.journey;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.itests.running.Rest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The platform's own mail, as the operator finds it among the sandbox messages. */
final class CaughtMails {

  private static final Pattern LINK = Pattern.compile("https?://\\S+/account/\\S+");

  private final Rest operator;

  CaughtMails(Rest operator) {
    this.operator = operator;
  }

  /** A mail's subject, text and HTML. */
  record Caught(String subject, String text, String html) {

    /** Returns the place that it leads to. */
    URI link() {
      Matcher found = LINK.matcher(text);
      if (!found.find()) {
        throw new AssertionError("There is no link in: " + subject);
      }
      return URI.create(found.group());
    }

    /** Returns the token at the end of the link. */
    String token() {
      String path = link().getPath();
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  /** Returns the newest mail to an address once there are so many. */
  Caught newest(String address, int count) {
    List<Caught> all =
        await("mails to " + address)
            .atMost(60, SECONDS)
            .until(() -> to(address), m -> m.size() == count);
    return all.get(0);
  }

  /** Returns the mails to an address, newest first. */
  List<Caught> to(String address) throws Exception {
    List<Caught> found = new ArrayList<>();
    for (JsonNode mail : operator.get("sandbox-messages?limit=100").path("data")) {
      if (mail.path("recipients").path(0).asText().equals(address)) {
        JsonNode whole = operator.get("sandbox-messages/" + mail.path("id").asText());
        found.add(
            new Caught(
                mail.path("subject").asText(),
                whole.path("text").asText(),
                whole.path("html").asText()));
      }
    }
    return found;
  }
}
