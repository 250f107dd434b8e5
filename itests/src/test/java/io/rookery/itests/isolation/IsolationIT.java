// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.awaitility.Awaitility.await;

import io.rookery.itests.isolation.EndpointWalk.Cast;
import io.rookery.itests.isolation.Stage.Tenant;
import io.rookery.itests.journey.Platform;
import io.rookery.itests.running.RunningRookery;
import java.net.URI;
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

  private static final Logger LOG = LoggerFactory.getLogger(IsolationIT.class);

  private final Findings findings = new Findings();
  private RunningRookery rookery;
  private URI root;
  private Stage stage;

  @Before
  public void start() throws Exception {
    rookery = Platform.running();
    root = rookery.root();
    stage = Stage.on(rookery);
  }

  @Test
  public void everyOperationShouldBeItsOwnersAlone() throws Exception {
    Tenant owner = stage.settled();
    Tenant stranger = stage.settled();
    Side operators = stage.operator().side();
    Map<String, Door> weak =
        Map.of("inbox", owner.weak("inbox:read"), "webhooks", owner.weak("webhooks:read"));
    Cast cast = new Cast(owner.side(), stranger.side(), operators, new Door(root, null), weak);

    int operations = new EndpointWalk(ServedApi.read(root), cast, findings).walk();

    LOG.info("Isolation: {} operations, {} cases", operations, findings.cases());
    findings.done();
  }

  @Test
  public void rowSecurityAloneShouldKeepTenantsApart() throws Exception {
    Tenant owner = stage.settled();
    Tenant stranger = stage.settled();
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
      String id = tenant.side().tenantId();
      // The log's reader takes sources away within seconds; one of no event stays.
      database.keep(
          id,
          "insert into tenant.audit_source (tenant_id, event_id, source) values ('%s', '%s', '::1')"
              .formatted(id, UUID.randomUUID()));
      // The operator's mail goes out within seconds; what no node knows how to write stays. A seal
      // would keep what was asked for before from being done.
      for (String row :
          List.of(
              "invitation (tenant_id, id, email, email_key, role, invited_by, created_at, asked_at,"
                  + " expires_at, version)"
                  + " values ('%s', '%s', 'i', 'i', 'viewer', 'x', now(), now(), now(), 1)",
              "system_mailbox (tenant_id, id, chosen_at) values ('%s', '%s', now())",
              "secret_seal (tenant_id, id, reason, sealed_by, sealed_at)"
                  + " values ('%s', '%s', 'x', 'x', now())",
              "mailbox_hold (tenant_id, id, holder, held_until)"
                  + " values ('%s', '%s', gen_random_uuid(), now() + interval '1 h')",
              "system_mail (tenant_id, id, kind, about, subject_id, caused_at)"
                  + " values ('%1$s', '%2$s', 'unknown', '%2$s', '%2$s', now())",
              "system_mail_wanted (tenant_id, id, kind, subject_id, caused_at)"
                  + " values ('%1$s', '%2$s', 'unknown', '%2$s', now())")) {
        database.keep(id, "insert into tenant." + row.formatted(id, UUID.randomUUID()));
      }
      TableWalk walk = new TableWalk(database, findings);
      await("no table without a row; fill these in Owner.settle")
          .atMost(1, MINUTES)
          .until(() -> walk.without(id), Matchers.empty());
    }
  }
}
