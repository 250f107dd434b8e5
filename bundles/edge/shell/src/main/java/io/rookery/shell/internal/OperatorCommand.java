// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.TenantContext;
import org.apache.karaf.shell.api.action.lifecycle.Reference;

/** A command about the platform as a whole. */
public abstract class OperatorCommand extends RookeryCommand {

  @Reference(optional = true)
  private TenantService tenants;

  /** Returns the operator's context. */
  protected final TenantContext operator() {
    return tenants().operator(actor());
  }

  /** Returns the service of tenants. */
  protected final TenantService tenants() {
    return need(tenants);
  }
}
