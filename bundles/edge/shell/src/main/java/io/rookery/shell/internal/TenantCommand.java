// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.TenantContext;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;

/** A command about one tenant, named by the first argument. */
public abstract class TenantCommand extends RookeryCommand {

  @Argument(index = 0, name = "tenant", required = true, description = "The tenant's slug or id")
  @Completion(TenantCompleter.class)
  private String tenant;

  @Reference(optional = true)
  private TenantService tenants;

  /** Returns the operator's live context for the tenant's own things. */
  protected final TenantContext context() {
    return Tenants.context(tenants(), actor(), tenant);
  }

  /** Returns the context for what only the operator may do. */
  protected final TenantContext operator() {
    return tenants().operator(actor());
  }

  /** Returns the tenant. */
  protected final Tenant tenant() {
    return Tenants.find(tenants(), actor(), tenant);
  }

  /** Returns the service of tenants. */
  protected final TenantService tenants() {
    return need(tenants);
  }
}
