// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.audit;

import io.rookery.api.audit.AuditVerification;
import io.rookery.api.audit.AuditVerification.Finding;
import io.rookery.api.audit.AuditVerification.Report;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.shell.internal.OperatorCommand;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCompleter;
import io.rookery.shell.internal.Tenants;
import io.rookery.shell.internal.View;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Tells whether audit chains are what they were, and fails where they are not. */
@Service
@Command(
    scope = "rookery",
    name = "audit-verify",
    description = "Tells whether audit chains are what they were, and fails where they are not")
public final class AuditVerify extends OperatorCommand {

  private static final View<Finding> FIELDS =
      View.<Finding>empty()
          .column("tenant_id", Finding::tenantId)
          .column("kind", Finding::kind)
          .column("from", Finding::from)
          .column("to", Finding::to)
          .column("detail", Finding::detail);

  @Argument(index = 0, name = "tenant", description = "The tenant's slug or id; all without one")
  @Completion(TenantCompleter.class)
  private String tenant;

  @Option(name = "--heads", description = "The folder of copied heads, if not the configured one")
  private String heads;

  @Reference(optional = true)
  private AuditVerification verification;

  @Override
  protected void run(Output out) {
    UUID id = tenant == null ? null : Tenants.find(tenants(), actor(), tenant).id();
    Path folder = heads == null ? null : Path.of(heads);
    Report report = need(verification).verify(operator(), id, folder);
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("tenants", report.tenants());
    counts.put("entries", report.entries());
    counts.put("heads", report.heads());
    counts.put("unreadable", report.unreadable());
    counts.put("sound", report.sound());
    out.rows(FIELDS, report.findings(), counts);
    if (!report.sound()) {
      throw new RookeryException(
          CommonErrors.CONFLICT, "Findings: " + report.findings().size() + ", see above");
    }
  }
}
