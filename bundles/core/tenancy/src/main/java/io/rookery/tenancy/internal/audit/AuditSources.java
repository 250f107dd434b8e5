// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit;

import io.rookery.events.EventSources;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Schema;
import io.rookery.tenancy.internal.audit.chain.SourceRows;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps sources until the audit log has taken them over. */
@Component(
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=tenancy)"))
public final class AuditSources implements EventSources {

  @Override
  public void keep(Tx tx, List<UUID> eventIds) throws SQLException {
    SourceRows.put(tx, eventIds);
  }
}
