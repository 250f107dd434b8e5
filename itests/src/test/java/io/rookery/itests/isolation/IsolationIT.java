// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.itests.isolation.EndpointWalk.Cast;
import io.rookery.itests.journey.Platform;
import io.rookery.itests.running.Rest;
import io.rookery.itests.running.RunningRookery;
import io.rookery.itests.running.TenantKey;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hamcrest.Matchers;
import org.junit.Before;
import org.junit.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two tenants that have everything there is, neither of whom reaches what is the other's: by no
 * operation that the platform serves, and in no table, whatever the services check.
 */
public class IsolationIT {

  /** A provider that the operator is registered at and that is never spoken to. */
  static final String PROVIDER = "isolation";

  private static final Logger LOG = LoggerFactory.getLogger(IsolationIT.class);
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

  private final Findings findings = new Findings();
  private RunningRookery rookery;
  private URI root;
  private String operatorKey;
  private Rest operator;

  @Before
  public void start() throws Exception {
    rookery = Platform.running();
    root = rookery.root();
    operatorKey = TenantKey.of(rookery, "operator").key();
    operator = new Rest(root, operatorKey);
    register();
  }

  /** Any mailbox tells at which providers the operator is registered. */
  private void register() throws Exception {
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
    String id =
        operator
            .post("mailboxes", Owner.secretMailboxData("p" + UUID.randomUUID() + "@a.example"))
            .path("id")
            .asText();
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

  @Test
  public void everyOperationShouldBeItsOwnersAlone() throws Exception {
    Tenant owner = settled();
    Tenant stranger = settled();
    Side operators =
        new Side(
            "",
            new Owner(operator, new Crowd(root, operator, "operator")),
            new Door(root, operatorKey));
    Map<String, Door> weak =
        Map.of("inbox", owner.weak("inbox:read"), "webhooks", owner.weak("webhooks:read"));
    Cast cast = new Cast(owner.side(), stranger.side(), operators, new Door(root, null), weak);

    int operations = new EndpointWalk(ServedApi.read(root), cast, findings).walk();

    LOG.info("Isolation: {} operations, {} cases", operations, findings.cases());
    findings.done();
  }

  @Test
  public void rowSecurityAloneShouldKeepTenantsApart() throws Exception {
    Tenant owner = settled();
    Tenant stranger = settled();
    try (OpenUpload one = new OpenUpload(root, owner.key());
        OpenUpload other = new OpenUpload(root, stranger.key());
        TenantDatabase database = TenantDatabase.open(rookery.home())) {
      awaitRows(owner);
      awaitRows(stranger);

      int relations =
          new TableWalk(database, findings)
              .walk(owner.side().tenantId(), stranger.side().tenantId());

      LOG.info("Isolation: {} tables and views, {} cases", relations, findings.cases());
      findings.done();
    }
  }

  private void awaitRows(Tenant tenant) throws Exception {
    try (TenantDatabase database = TenantDatabase.open(rookery.home())) {
      TableWalk walk = new TableWalk(database, findings);
      await("no table without a row; fill these in Owner.settle")
          .atMost(1, MINUTES)
          .until(() -> walk.without(tenant.side().tenantId()), Matchers.empty());
    }
  }

  /** A tenant of the test. */
  private record Tenant(Side side, Rest rest, String key, URI root) {

    /** Returns a door with a key of one scope. */
    Door weak(String scope) throws Exception {
      return new Door(root, rest.post("api-keys", Owner.keyData(scope)).path("secret").asText());
    }
  }

  private Tenant settled() throws Exception {
    String slug = "t" + UUID.randomUUID();
    JsonNode tenant =
        operator.post(
            "tenants", Rest.object("name", "T", "slug", slug, "postal_address", "1 Test Lane"));
    String id = tenant.path("id").asText();
    Object wanted = Rest.object("name", "all", "scopes", ALL_SCOPES);
    String key = operator.post("tenants/" + id + "/api-keys", wanted).path("secret").asText();
    rookery.shell(
        "rookery:domain-trust %s isolation.example%nrookery:permission-grant %s transactional_mail"
            .formatted(slug, slug));
    Owner owner = new Owner(new Rest(root, key), new Crowd(root, operator, slug));
    owner.settle();
    return new Tenant(new Side(id, owner, new Door(root, key)), new Rest(root, key), key, root);
  }
}
