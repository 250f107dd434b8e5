// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.workspace;

import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.EntitlementUsage;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Schema;
import java.sql.SQLException;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Counts the workspaces of a tenant for its plan. */
@Component(
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=tenancy)"))
public final class WorkspaceUsage implements EntitlementUsage {

  @Override
  public Entitlement entitlement() {
    return Entitlement.WORKSPACES;
  }

  @Override
  public long used(Tx tx) throws SQLException {
    return WorkspaceRows.count(tx);
  }
}
