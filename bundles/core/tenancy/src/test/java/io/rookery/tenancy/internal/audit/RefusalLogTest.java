// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RefusalLogTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  @TempDir Path folder;

  private final UUID key = Uuids.next();
  private AuditWorld world;
  private RefusalLog refusals;

  @BeforeEach
  void open() throws Exception {
    world = new AuditWorld(DATABASE, folder);
    refusals = new RefusalLog(world.transactions, world.log, 3, world.clock);
  }

  @Test
  void aRefusalShouldReachTheAuditLog() throws Exception {
    refusals.refused(world.tenant, key, "forbidden", "GET /api/v1/contacts");
    world.read(world.tenant, 1);

    assertThat(
            world.rows(
                "select concat_ws(' ', type, outcome, source, subject_id, data)"
                    + " from tenant.audit_entry where tenant_id = %s"))
        .containsExactly(
            "access.refused refused "
                + AuditWorld.ADDRESS
                + " "
                + key
                + " {\"operation\":\"GET /api/v1/contacts\",\"reason\":\"forbidden\"}");
  }

  @Test
  void aFloodShouldLeaveABoundedNumberOfEntriesAndItsCount() throws Exception {
    for (int i = 0; i < 1000; i++) {
      refusals.refused(world.tenant, key, "forbidden", "GET /api/v1/contacts");
    }
    refusals.refused(world.tenant, Uuids.next(), "forbidden", "GET /api/v1/contacts");
    assertThat(events()).isEqualTo(4);

    refusals.tell();
    assertThat(events()).as("the minute goes on").isEqualTo(4);
    world.clock.move(Duration.ofMinutes(1));
    refusals.tell();
    refusals.tell();
    assertThat(events()).isEqualTo(5);
    assertThat(
            world.rows(
                "select data ->> 'count' from tenant.event where tenant_id = %s"
                    + " and data ->> 'reason' = 'repeated'"))
        .containsExactly("997");
  }

  @Test
  void eachMinuteShouldBeginAnewAndTheEndTellAll() throws Exception {
    for (int minute = 0; minute < 2; minute++) {
      for (int i = 0; i < 5; i++) {
        refusals.refused(world.tenant, key, "forbidden", "GET /api/v1/contacts");
      }
      world.clock.move(Duration.ofMinutes(1));
    }
    assertThat(events()).isEqualTo(6);
    refusals.close();

    assertThat(
            world.rows(
                "select data ->> 'count' from tenant.event where tenant_id = %s"
                    + " and data ->> 'reason' = 'repeated'"))
        .containsExactly("2", "2");
  }

  @Test
  void aRefusalThatCannotBeNotedShouldStayOne() {
    TenantContext broken =
        new TenantContext(
            world.tenant.tenantId(),
            world.tenant.actor(),
            "zero \u0000 byte",
            null,
            TenantContext.Mode.LIVE);

    refusals.refused(broken, key, "forbidden", "GET /api/v1/contacts");
  }

  private int events() throws Exception {
    return world.rows("select id::text from tenant.event where tenant_id = %s").size();
  }
}
