// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.itests.running.Rest;
import io.rookery.itests.running.RunningRookery;
import io.rookery.itests.running.TenantKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A running platform on which tenants appear that have everything there is. */
public final class Stage {

  /** A provider that the operator is registered at and that is never spoken to. */
  public static final String PROVIDER = "isolation";

  private static final List<String> ALL_SCOPES =
      List.of(
          "mail:send",
          "contacts",
          "campaigns",
          "templates",
          "mailboxes",
          "domains",
          "analytics:read",
          "webhooks",
          "secrets",
          "hosts",
          "billing",
          "inbox",
          "admin");

  private final RunningRookery rookery;
  private final URI root;
  private final String operatorKey;
  private final Rest operator;

  private Stage(RunningRookery rookery, String operatorKey) {
    this.rookery = rookery;
    this.root = rookery.root();
    this.operatorKey = operatorKey;
    this.operator = new Rest(root, operatorKey);
  }

  /** Takes a running platform and registers its operator at a provider of mail. */
  public static Stage on(RunningRookery rookery) throws IOException, InterruptedException {
    Stage stage = new Stage(rookery, TenantKey.of(rookery, "operator").key());
    stage.register();
    return stage;
  }

  /** Any mailbox tells at which providers the operator is registered. */
  private void register() throws IOException, InterruptedException {
    String file = "io.rookery.mailboxes.oauth-" + PROVIDER + ".cfg";
    Files.writeString(
        rookery.home().resolve("etc").resolve(file),
        """
        name = %s
        client_id = somebody
        authorization_endpoint = https://provider.invalid/authorize
        token_endpoint = https://provider.invalid/token
        redirect_uri = https://rookery.invalid/oauth/callback
        hosts = 127.0.0.1
        """
            .formatted(PROVIDER));
    Map<String, Object> mailbox = Owner.secretMailboxData("p" + UUID.randomUUID() + "@a.example");
    String id = operator.post("mailboxes", mailbox).path("id").asText();
    await("the file of the provider is read")
        .atMost(1, MINUTES)
        .until(
            () ->
                operator
                    .get("mailboxes/" + id + "/oauth")
                    .path("providers")
                    .toString()
                    .contains(PROVIDER));
  }

  /**
   * A tenant, and all that a key of all scopes does for it.
   *
   * @param side what it has, and its door
   * @param rest speaks with the key
   * @param key the key
   * @param root where the platform answers
   */
  public record Tenant(Side side, Rest rest, String key, URI root) {

    /** Returns a door with a key of one scope. */
    public Door weak(String scope) throws IOException, InterruptedException {
      return new Door(root, rest.post("api-keys", Owner.keyData(scope)).path("secret").asText());
    }
  }

  /** Returns the operator's own tenant, which has nothing yet. */
  public Tenant operator() throws IOException, InterruptedException {
    String id = operator.get("me").at("/tenant/id").asText();
    return new Tenant(side(id, operatorKey, "operator"), operator, operatorKey, root);
  }

  /** Returns the operator's own tenant once it has everything, too. */
  public Tenant settledOperator() throws Exception {
    operator.patch("me", Rest.object("postal_address", "1 Test Lane"));
    admit("operator");
    Tenant tenant = operator();
    tenant.side().owner().settle();
    return tenant;
  }

  private Side side(String id, String key, String slug) {
    Owner owner = new Owner(new Rest(root, key), new Crowd(root, operator, slug));
    return new Side(id, owner, new Door(root, key));
  }

  /** Makes a tenant that has everything. */
  public Tenant settled() throws Exception {
    String slug = "t" + UUID.randomUUID();
    JsonNode tenant =
        operator.post(
            "tenants", Rest.object("name", "T", "slug", slug, "postal_address", "1 Test Lane"));
    String id = tenant.path("id").asText();
    Object wanted = Rest.object("name", "all", "scopes", ALL_SCOPES);
    String key = operator.post("tenants/" + id + "/api-keys", wanted).path("secret").asText();
    admit(slug);
    operator.put("tenants/" + id + "/subscription", Rest.object("plan", "unmetered"));
    for (String entitlement : List.of("domains", "workspaces", "users")) {
      allow(id, entitlement, 1_000);
    }
    // A walk asks as fast as it can, whichever plan it comes to on its way.
    allow(id, "requests_per_minute", 100_000);
    allow(id, "request_burst", 100_000);
    Tenant made = new Tenant(side(id, key, slug), new Rest(root, key), key, root);
    made.side().owner().settle();
    return made;
  }

  private void allow(String tenant, String entitlement, int limit)
      throws IOException, InterruptedException {
    operator.put("tenants/" + tenant + "/entitlements/" + entitlement, Rest.object("limit", limit));
  }

  /** Lets a tenant send from the domain that all owners use, and mail of no campaign. */
  public void admit(String slug) throws IOException {
    rookery.shell(
        "rookery:domain-trust %s isolation.example%nrookery:permission-grant %s transactional_mail"
            .formatted(slug, slug));
  }
}
