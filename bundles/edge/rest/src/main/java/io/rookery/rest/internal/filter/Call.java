// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

import io.rookery.api.tenancy.Authenticator.Caller;
import io.rookery.kernel.TenantContext;
import java.util.UUID;

/**
 * Who calls, as a resource method gets it by {@code @Context}.
 *
 * @param caller whose key it is
 * @param context what to hand to the services
 */
public record Call(Caller caller, TenantContext context) {

  /** Returns the context narrowed to a workspace, where one is named. */
  public TenantContext within(UUID workspace) {
    return context.within(workspace);
  }
}
