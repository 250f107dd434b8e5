// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

import io.rookery.api.tenancy.Authenticator.Caller;
import io.rookery.kernel.TenantContext;

/**
 * Who calls, as a resource method gets it by {@code @Context}.
 *
 * @param caller whose key it is
 * @param context what to hand to the services
 */
public record Call(Caller caller, TenantContext context) {}
