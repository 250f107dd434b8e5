// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.itests.running.Rest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tokens of links that the platform mails to people, read from the mails that the sandbox of the
 * operator's tenant caught. Each ask comes from a source of its own, through a trusted proxy, as
 * one source may not ask often. Thread-safe.
 */
public final class MailedTokens {

  private static final Pattern LINK = Pattern.compile("/account/[a-z-]+/(rky_[A-Za-z0-9_.~-]+)");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TRIES = 3;
  private static final int LOCKING = 5;
  private static final long PATIENCE_SECONDS = 30;

  private final URI root;
  private final Rest operator;
  private final Crowd crowd;
  private final Random random = new Random();
  private final HttpClient client = HttpClient.newHttpClient();

  /** Asks a platform that believes this machine where a request comes from. */
  public MailedTokens(URI root, Rest operator, Crowd crowd) {
    this.root = root;
    this.operator = operator;
    this.crowd = crowd;
  }

  /** Has a mail sent to an address that was not used before. */
  private interface Cause {
    String address() throws IOException, InterruptedException;
  }

  /** Returns a token that lifts the lock of somebody who failed too often. */
  public String unlock() throws IOException, InterruptedException {
    return mailed(
        () -> {
          String email = crowd.email();
          String source = source();
          Object wrong = Rest.object("email", email, "password", "wrong otter, 9 stones");
          for (int i = 0; i < LOCKING; i++) {
            ask("sessions", wrong, source);
          }
          return email;
        });
  }

  /** Returns a token that sets a new password. */
  public String reset() throws IOException, InterruptedException {
    return mailed(
        () -> {
          String email = crowd.email();
          ask("password-resets", Rest.object("email", email), source());
          return email;
        });
  }

  /** Returns a token that verifies somebody's address. */
  public String verification() throws IOException, InterruptedException {
    return mailed(
        () -> {
          String email = crowd.email();
          String access = crowd.signedIn(email).path("access_token").asText();
          new Rest(root, access).post("email-address/verification", null);
          return email;
        });
  }

  /** Returns a token that takes an invitation of somebody up who has no account. */
  public String invitation() throws IOException, InterruptedException {
    return mailed(
        () -> {
          String email = "i" + UUID.randomUUID() + "@people.example";
          operator.post("invitations", Rest.object("email", email, "role", "viewer"));
          return email;
        });
  }

  /** Mails may have gone elsewhere, or have been removed meanwhile; then others are sent. */
  private String mailed(Cause cause) throws IOException, InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      if (i > 0) {
        chooseSandbox();
      }
      Optional<String> token = awaited(cause.address());
      if (token.isPresent()) {
        return token.get();
      }
    }
    throw new IOException("No mail was caught");
  }

  private void chooseSandbox() throws IOException, InterruptedException {
    Object data = Owner.mailboxData("people" + UUID.randomUUID() + "@isolation.example");
    String mailbox = operator.post("mailboxes", data).path("id").asText();
    operator.put("system-mailbox", Rest.object("mailbox_id", mailbox));
  }

  private Optional<String> awaited(String address) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    Optional<String> token = Optional.empty();
    while (token.isEmpty() && System.nanoTime() < end) {
      MILLISECONDS.sleep(200);
      token = caught(address);
    }
    return token;
  }

  private Optional<String> caught(String address) throws IOException, InterruptedException {
    for (JsonNode mail : operator.get("sandbox-messages?limit=50").path("data")) {
      if (mail.path("recipients").path(0).asText().equals(address)) {
        String path = "sandbox-messages/" + mail.path("id").asText();
        Matcher link = LINK.matcher(operator.get(path).path("text").asText());
        return link.find() ? Optional.of(link.group(1)) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Returns an address of those that are kept for measuring (RFC 2544). */
  public String source() {
    return "198.18." + random.nextInt(256) + "." + random.nextInt(256);
  }

  private void ask(String path, Object body, String source)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(root.resolve("api/v1/" + path))
            .header("Content-Type", "application/json")
            .header("X-Forwarded-For", source)
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    client.send(request, BodyHandlers.discarding());
  }
}
