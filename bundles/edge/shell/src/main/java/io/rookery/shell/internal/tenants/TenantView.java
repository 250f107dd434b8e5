// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.tenants;

import io.rookery.api.tenancy.Tenant;
import io.rookery.shell.internal.View;

/** How the shell shows a tenant. */
final class TenantView {

  static final View<Tenant> FIELDS =
      View.<Tenant>empty()
          .column("id", Tenant::id)
          .column("slug", Tenant::slug)
          .column("name", Tenant::name)
          .column("status", Tenant::status)
          .detail("postal_address", Tenant::postalAddress)
          .detail("weight", Tenant::weight)
          .column("created_at", Tenant::createdAt)
          .detail("version", Tenant::version);

  private TenantView() {}
}
