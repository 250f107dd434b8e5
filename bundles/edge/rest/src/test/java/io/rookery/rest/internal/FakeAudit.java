// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import io.rookery.api.audit.AuditEntry;
import io.rookery.api.audit.AuditEntry.Outcome;
import io.rookery.api.audit.AuditLog;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An audit log of one entry. */
final class FakeAudit implements AuditLog {

  static final AuditEntry ENTRY =
      new AuditEntry(
          7,
          new UUID(0, 1),
          "api_key.created",
          new UUID(0, 2),
          1,
          Instant.parse("2026-03-01T12:00:00Z"),
          Instant.parse("2026-03-01T12:00:05Z"),
          "user:somebody",
          "request-1",
          "203.0.113.7",
          Outcome.DONE,
          "{\"mode\":\"LIVE\"}",
          "ab");

  volatile Filter filter;

  @Override
  public Page<AuditEntry> list(TenantContext context, Filter filter, PageRequest page) {
    this.filter = filter;
    return new Page<>(List.of(ENTRY), "7");
  }

  @Override
  public long export(TenantContext context, Filter filter, Format format, OutputStream out)
      throws IOException {
    this.filter = filter;
    out.write((format + " of " + context.tenantId() + "\n").getBytes(StandardCharsets.UTF_8));
    return 1;
  }

  @Override
  public long newest(TenantContext context) {
    return 7;
  }
}
