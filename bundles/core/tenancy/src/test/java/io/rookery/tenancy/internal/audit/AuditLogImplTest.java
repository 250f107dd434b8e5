// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.audit.AuditEntry;
import io.rookery.api.audit.AuditEntry.Outcome;
import io.rookery.api.audit.AuditLog.Filter;
import io.rookery.api.audit.AuditLog.Format;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.test.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class AuditLogImplTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  @TempDir Path folder;

  private AuditWorld world;
  private AuditLogImpl audit;

  @BeforeEach
  void open() throws Exception {
    world = new AuditWorld(DATABASE, folder);
    audit = new AuditLogImpl(world.transactions);
  }

  @Test
  void aListShouldGoFromTheNewestToTheOldestByPages() throws Exception {
    world.chain(5);

    Page<AuditEntry> first = audit.list(world.tenant, Filter.ALL, new PageRequest(3, null));
    Page<AuditEntry> second =
        audit.list(world.tenant, Filter.ALL, new PageRequest(3, first.next()));

    assertThat(first.items()).extracting(AuditEntry::seq).containsExactly(5L, 4L, 3L);
    assertThat(second.items()).extracting(AuditEntry::seq).containsExactly(2L, 1L);
    assertThat(second.next()).isNull();
    assertThat(first.items().get(0).source()).isEqualTo(AuditWorld.ADDRESS);
    assertThatThrownBy(() -> audit.list(world.tenant, null, new PageRequest(3, "x")))
        .isInstanceOf(RookeryException.class);
  }

  @Test
  void aFilterShouldNarrow() throws Exception {
    UUID subject = world.happen(world.tenant, "api_key.revoked");
    Instant before = world.clock.instant();
    world.clock.move(Duration.ofSeconds(10));
    world.happen(world.tenant, "access.refused");
    world.read(world.tenant, 2);
    String actor = "api_key:" + world.tenant.actor().id();

    assertThat(numbers(new Filter("api_key.revoked", null, null, null, null, null)))
        .containsExactly(1L);
    assertThat(numbers(new Filter(null, null, subject, null, null, null))).containsExactly(1L);
    assertThat(numbers(new Filter(null, null, null, Outcome.REFUSED, null, null)))
        .containsExactly(2L);
    assertThat(numbers(new Filter(null, actor, null, null, before.plusSeconds(1), null)))
        .containsExactly(2L);
    assertThat(numbers(new Filter(null, null, null, null, null, before.plusSeconds(1))))
        .containsExactly(1L);
    assertThat(numbers(new Filter(null, "user:x", null, null, null, null))).isEmpty();
  }

  private List<Long> numbers(Filter filter) {
    return audit.list(world.tenant, filter, PageRequest.FIRST).items().stream()
        .map(AuditEntry::seq)
        .toList();
  }

  @Test
  void anExportShouldHoldEachEntryOnceOldestFirst() throws Exception {
    world.chain(1203);
    String lines = export(world.tenant, Format.JSONL);

    List<String> all = lines.lines().toList();
    assertThat(all).hasSize(1203);
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i)).startsWith("{\"seq\":" + (i + 1) + ",").endsWith("}");
    }
    assertThat(all.get(0))
        .contains(
            "\"type\":\"contact.created\"",
            "\"source\":\"" + AuditWorld.ADDRESS + "\"",
            "\"data\":{\"c\":\"x\\\"y\",\"n\":1}}");
    assertThat(export(AuditWorld.tenant(), Format.JSONL)).isEmpty();
  }

  @Test
  void aSpreadsheetShouldFindNoFormula() throws Exception {
    TenantContext hostile =
        new TenantContext(
            world.tenant.tenantId(),
            world.tenant.actor(),
            "=HYPERLINK(\"x\")",
            null,
            TenantContext.Mode.LIVE);
    world.happen(hostile, "contact.created");
    world.read(hostile, 1);

    List<String> lines = export(hostile, Format.CSV).lines().toList();

    assertThat(lines.get(0)).startsWith("seq,event_id,type,");
    assertThat(lines.get(1)).startsWith("1,").contains(",\"'=HYPERLINK(\"\"x\"\")\",,done,");
  }

  private String export(TenantContext context, Format format) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    audit.export(context, Filter.ALL, format, out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
