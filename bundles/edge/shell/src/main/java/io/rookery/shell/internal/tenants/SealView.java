// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.tenants;

import io.rookery.api.secrets.TenantSeals.Seal;
import io.rookery.shell.internal.View;

/** How the shell shows a seal. */
final class SealView {

  static final View<Seal> FIELDS =
      View.<Seal>empty()
          .column("sealed_at", Seal::sealedAt)
          .column("sealed_by", Seal::sealedBy)
          .column("reason", Seal::reason);

  private SealView() {}
}
