// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.fuzz;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.itests.isolation.Crowd;
import io.rookery.itests.isolation.MailedTokens;
import io.rookery.itests.isolation.Owner;
import io.rookery.itests.isolation.Stage;
import io.rookery.itests.isolation.Stage.Tenant;
import io.rookery.itests.journey.Waiting;
import io.rookery.itests.running.Rest;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests of those who have no key but a token: of the links in mails that were caught, to
 * recipients and to people, and of a consent that was begun.
 */
public final class OpenRequests {

  /**
   * Operations that nobody but the platform can make succeed, so that a run need not reach them.
   */
  public static final Map<String, String> UNREACHABLE =
      Map.ofEntries(
          entry(
              "GET /t/p/{token}",
              "its tokens live for the moment in which the platform asks itself"),
          entry("POST /api/v1/subscription/change", "the operator's own tenant has no plan"));

  private static final String NEW_PASSWORD = "blue heron, 4 ponds";
  private static final String READER = "clicks@dest.example";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Rest rest;
  private final Crowd crowd;
  private final String host;
  private final Map<String, String> tokens = new LinkedHashMap<>();
  private final MailedTokens mailed;
  private String consenting;
  private String invitation;

  private OpenRequests(Tenant tenant, String host) {
    this.mailed = new MailedTokens(tenant.root(), tenant.rest(), tenant.side().owner().crowd());
    this.rest = tenant.rest();
    this.crowd = tenant.side().owner().crowd();
    this.host = host;
  }

  /** Has a tenant, who has everything, send a mail with links under a host. */
  public static OpenRequests of(Tenant tenant, String host) throws Exception {
    OpenRequests requests = new OpenRequests(tenant, host);
    requests.send();
    requests.consenting =
        requests
            .rest
            .post("mailboxes", Owner.secretMailboxData("consent@isolation.example"))
            .path("id")
            .asText();
    requests.invitation = requests.mailed.invitation();
    return requests;
  }

  private String post(String path, Object... members) throws Exception {
    return rest.post(path, Rest.object(members)).path("id").asText();
  }

  private void send() throws Exception {
    String contact = post("contacts", "email", READER, "tracking_consent", true);
    String list = post("lists", "name", "Clicks");
    rest.post("lists/" + list + "/contacts", Rest.object("contact_ids", List.of(contact)));
    String html = "<p><a href=\"https://shop.example/a\">Shop</a> {{ unsubscribe_url }}</p>";
    String template = post("templates", "name", "Clicks", "subject", "Clicks", "html", html);
    String mailbox = post("mailboxes", "address", "clicks@isolation.example", "backend", "sandbox");
    Map<String, Object> campaign =
        Rest.object("name", "Clicks", "template_id", template, "list_ids", List.of(list));
    campaign.put("mailbox_ids", List.of(mailbox));
    campaign.put("track_opens", true);
    campaign.put("track_clicks", true);
    String id = rest.post("campaigns", campaign).path("id").asText();
    rest.post("campaigns/" + id + "/start", null);
    JsonNode mails =
        Waiting.until(rest, "sandbox-messages?limit=500", all -> all.toString().contains(READER));
    for (JsonNode mail : mails.path("data")) {
      if (mail.toString().contains(READER)) {
        read(rest.get("sandbox-messages/" + mail.path("id").asText()).path("html").asText());
      }
    }
  }

  private void read(String html) {
    for (String place : List.of("/t/o/", "/t/c/", "/u/")) {
      Matcher link = Pattern.compile(Pattern.quote(place) + "([^\"'/?& <]+)").matcher(html);
      if (!link.find()) {
        throw new IllegalStateException("The mail has no link to " + place);
      }
      tokens.put(place + "{token}", link.group(1));
    }
  }

  /** Returns a request of an operation that needs no key. */
  Prepared prepare(String operation) throws Exception {
    return switch (operation) {
      case "GET /oauth/callback" -> callback();
      case "GET /.well-known/rookery/ask" -> plain(Map.of(), Map.of("domain", host));
      case "POST /u/{token}" ->
          new Prepared(
              token(operation),
              Map.of(),
              Map.of("Host", host),
              Map.of("List-Unsubscribe", "One-Click"),
              FORM);
      case "POST /api/v1/sessions" -> json(crowd.credentials());
      case "POST /api/v1/sessions/verify" -> json(crowd.challenged());
      case "POST /api/v1/sessions/refresh" ->
          json(Map.of("refresh_token", crowd.tokens("member").path("refresh_token").asText()));
      default -> mailed(operation);
    };
  }

  /** What the reader of a mail may do, once; a page that only shows goes on with the same. */
  private Prepared mailed(String operation) throws Exception {
    return switch (operation) {
      case "POST /api/v1/sessions/unlock" -> json(Map.of("token", mailed.unlock()));
      case "POST /account/unlock/{token}" -> form(mailed.unlock(), Map.of("confirm", "yes"));
      case "POST /api/v1/email-address/verify" -> json(Map.of("token", mailed.verification()));
      case "POST /account/verify/{token}" -> form(mailed.verification(), Map.of("confirm", "yes"));
      case "POST /api/v1/password-resets" ->
          new Prepared(
              Map.of(),
              Map.of(),
              Map.of("X-Forwarded-For", mailed.source()),
              Map.of("email", crowd.credentials().get("email")),
              "application/json");
      case "POST /api/v1/password-resets/redeem" ->
          json(Map.of("token", mailed.reset(), "password", NEW_PASSWORD));
      case "POST /account/reset/{token}" -> form(mailed.reset(), Map.of("password", NEW_PASSWORD));
      case "GET /account/invitation/{token}" -> plain(Map.of("token", invitation), Map.of());
      case "POST /api/v1/invitations/accept" ->
          json(Map.of("token", mailed.invitation(), "name", "Eve", "password", NEW_PASSWORD));
      case "POST /account/invitation/{token}" ->
          form(mailed.invitation(), Map.of("name", "Eve", "password", NEW_PASSWORD));
      default -> plain(token(operation), Map.of());
    };
  }

  private static Prepared form(String token, Map<String, String> fields) {
    return new Prepared(Map.of("token", token), Map.of(), Map.of(), fields, FORM);
  }

  private static Prepared json(Map<String, Object> body) {
    return new Prepared(Map.of(), Map.of(), Map.of(), body, "application/json");
  }

  private Prepared plain(Map<String, String> path, Map<String, String> query) {
    return new Prepared(path, query, Map.of("Host", host), null, "");
  }

  private Map<String, String> token(String operation) {
    String token = tokens.get(operation.substring(operation.indexOf(' ') + 1));
    return token == null ? Map.of() : Map.of("token", token);
  }

  /** A browser that comes back from a provider without the owner's consent. */
  private Prepared callback() throws Exception {
    String path = "mailboxes/" + consenting + "/oauth/start";
    JsonNode begun = rest.post(path, Rest.object("provider", Stage.PROVIDER));
    String query = URI.create(begun.path("authorization_url").asText()).getRawQuery();
    Matcher state = Pattern.compile("(?:^|&)state=([^&]+)").matcher(query);
    if (!state.find()) {
      throw new IllegalStateException("There is no state in " + query);
    }
    return plain(Map.of(), Map.of("state", state.group(1), "error", "access_denied"));
  }
}
