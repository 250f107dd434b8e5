// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.audit;

import io.rookery.api.audit.AuditEntry;
import io.rookery.api.audit.AuditEntry.Outcome;
import io.rookery.api.audit.AuditLog;
import io.rookery.api.audit.AuditLog.Filter;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.Stretch;
import io.rookery.shell.internal.TenantCommand;
import io.rookery.shell.internal.View;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists who did what in a tenant, newest first. */
@Service
@Command(
    scope = "rookery",
    name = "audit-list",
    description = "Lists who did what in a tenant, newest first")
public final class AuditList extends TenantCommand {

  private static final View<AuditEntry> FIELDS =
      View.<AuditEntry>empty()
          .column("seq", AuditEntry::seq)
          .column("occurred_at", AuditEntry::occurredAt)
          .column("type", AuditEntry::type)
          .column("subject_id", AuditEntry::subjectId)
          .column("actor", AuditEntry::actor)
          .column("source", AuditEntry::source)
          .column("outcome", AuditEntry::outcome)
          .detail("event_id", AuditEntry::eventId)
          .detail("recorded_at", AuditEntry::recordedAt)
          .detail("request_id", AuditEntry::requestId)
          .detail("data", AuditEntry::data)
          .detail("hash", AuditEntry::hash);

  @Option(name = "--type", description = "Only what happened like this, such as api_key.created")
  private String type;

  @Option(name = "--actor", description = "Only what this one did, as kind:id")
  private String actor;

  @Option(name = "--outcome", description = "Only what was done, refused or failed")
  private String outcome;

  @Option(name = "--limit", description = "How many at most")
  private int limit = 100;

  @Reference(optional = true)
  private AuditLog audit;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    Outcome wanted = outcome == null ? null : Arguments.constant("outcome", Outcome.class, outcome);
    Filter filter = new Filter(type, actor, null, wanted, null, null);
    out.list(FIELDS, Stretch.read(limit, page -> need(audit).list(context, filter, page)));
  }
}
