// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.events.Event;
import io.rookery.events.EventLog;
import io.rookery.events.EventQuery;
import io.rookery.events.NewEvent;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.CatalogueRules;
import io.rookery.persistence.test.TestDatabase;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventLogServiceTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("events");

  private final EventLog log = new EventLogService(() -> 1, null);
  private final EventQuery query = new EventQueryService(DATABASE.transactions());
  private final TenantContext tenant = DATABASE.tenant();

  @Test
  void appendShouldKeepTheWholeEvent() {
    UUID subject = Uuids.next();
    Map<String, Object> data =
        Map.of("code", "a", "count", 3, "share", new BigDecimal("0.10"), "ok", true, "id", subject);

    append(new NewEvent("area.done", subject, 7, NOON, data));

    Event event = all().get(0);
    assertThat(event.tenantId()).isEqualTo(tenant.tenantId());
    assertThat(event.type()).isEqualTo("area.done");
    assertThat(event.subjectId()).isEqualTo(subject);
    assertThat(event.subjectVersion()).isEqualTo(7);
    assertThat(event.occurredAt()).isEqualTo(NOON);
    assertThat(event.actor()).isEqualTo("system:test");
    assertThat(event.requestId()).isEqualTo(tenant.requestId());
    assertThat(event.data())
        .isEqualTo(
            Map.of(
                "code",
                "a",
                "count",
                3,
                "share",
                new BigDecimal("0.10"),
                "ok",
                true,
                "id",
                subject.toString()));
  }

  @Test
  void appendShouldVanishWithTheTransaction() {
    assertThatThrownBy(
            () ->
                DATABASE
                    .transactions()
                    .call(
                        tenant,
                        tx -> {
                          log.append(tx, event("area.done"));
                          throw RookeryException.notFound("thing");
                        }))
        .isInstanceOf(RookeryException.class);

    assertThat(all()).isEmpty();
  }

  @Test
  void appendShouldTakeAnEmptyList() {
    DATABASE.transactions().call(tenant, tx -> nothing(() -> log.append(tx, List.of())));

    assertThat(all()).isEmpty();
  }

  @Test
  void appendShouldRefuseDataThatIsNotPlain() {
    NewEvent nested = NewEvent.of("area.done", Uuids.next(), NOON, Map.of("list", List.of(1)));

    assertThatThrownBy(() -> append(nested)).hasRootCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatWasAppendedShouldNotBeChanged() {
    append(event("area.done"));

    for (String sql : List.of("update tenant.event set type = 'x'", "delete from tenant.event")) {
      assertThatThrownBy(
              () ->
                  DATABASE
                      .transactions()
                      .call(
                          tenant,
                          tx -> {
                            try (Statement statement = tx.connection().createStatement()) {
                              return statement.executeUpdate(sql);
                            }
                          }))
          .rootCause()
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void catchingUpShouldReadByTheIndexDespiteRowSecurity() {
    append(event("area.done"));

    assertThat(
            plan(
                "select * from tenant.event where incarnation = 1 and (xid, id) > ('5'::xid8, '"
                    + Uuids.next()
                    + "') and xid < '900000'::xid8 and tenant_id = '"
                    + tenant.tenantId()
                    + "' order by xid, id limit 500"))
        .containsPattern("Index Cond: .*ROW\\(xid, id\\) > ROW");
  }

  @Test
  void listingShouldReadByTheIndexDespiteRowSecurity() {
    append(event("area.done"));

    assertThat(
            plan(
                "select * from tenant.event where tenant_id = '"
                    + tenant.tenantId()
                    + "' and id < '"
                    + Uuids.next()
                    + "' order by id desc limit 50"))
        .containsPattern("Index Cond: .*tenant_id = .*id < ");
  }

  private String plan(String sql) {
    return DATABASE
        .transactions()
        .call(
            tenant,
            tx -> {
              try (Statement statement = tx.connection().createStatement()) {
                statement.execute("set local enable_seqscan = off");
                statement.execute("set local enable_bitmapscan = off");
                statement.execute("set local enable_sort = off");
                StringBuilder plan = new StringBuilder();
                try (ResultSet row = statement.executeQuery("explain " + sql)) {
                  while (row.next()) {
                    plan.append(row.getString(1)).append('\n');
                  }
                }
                return plan.toString();
              }
            });
  }

  @Test
  void tablesShouldKeepTheRules() throws SQLException {
    assertThat(CatalogueRules.violations(DATABASE)).isEmpty();
  }

  @Test
  void listShouldGiveAllPagesNewestFirst() {
    IntStream.range(0, 7).forEach(i -> append(event("area.done")));

    List<UUID> ids = new ArrayList<>();
    String cursor = null;
    int pages = 0;
    do {
      Page<Event> page = query.list(tenant, null, new PageRequest(3, cursor));
      page.items().forEach(event -> ids.add(event.id()));
      cursor = page.next();
      pages++;
    } while (cursor != null);

    assertThat(pages).isEqualTo(3);
    assertThat(ids)
        .hasSize(7)
        .isSortedAccordingTo((a, b) -> b.compareTo(a))
        .doesNotHaveDuplicates();
  }

  @Test
  void listShouldNarrowByTypeAndSubject() {
    UUID subject = Uuids.next();
    append(NewEvent.of("area.done", subject, NOON, Map.of()));
    append(NewEvent.of("area.undone", subject, NOON, Map.of()));
    append(event("area.done"));

    assertThat(list(new EventQuery.Filter("area.done", null))).hasSize(2);
    assertThat(list(new EventQuery.Filter(null, subject))).hasSize(2);
    assertThat(list(new EventQuery.Filter("area.done", subject))).hasSize(1);
  }

  @Test
  void listShouldNotShowAnotherTenantsEvents() {
    append(event("area.done"));

    assertThat(query.list(DATABASE.tenant(), null, PageRequest.FIRST).items()).isEmpty();
  }

  @Test
  void listShouldRefuseACursorThatItDidNotGive() {
    for (String cursor : List.of("?", "AAAA", "")) {
      assertThatThrownBy(() -> query.list(tenant, null, new PageRequest(3, cursor)))
          .isInstanceOfSatisfying(
              RookeryException.class,
              e -> assertThat(e.code()).isEqualTo(CommonErrors.INVALID_REQUEST));
    }
  }

  private static NewEvent event(String type) {
    return NewEvent.of(type, Uuids.next(), NOON, Map.of());
  }

  private void append(NewEvent event) {
    DATABASE.transactions().call(tenant, tx -> nothing(() -> log.append(tx, event)));
  }

  private List<Event> all() {
    return list(null);
  }

  private List<Event> list(EventQuery.Filter filter) {
    return query.list(tenant, filter, PageRequest.FIRST).items();
  }

  private static Void nothing(Runnable work) {
    work.run();
    return null;
  }
}
