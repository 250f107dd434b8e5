// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.domains;

import io.rookery.api.mailboxes.DomainService.DomainTrust;
import io.rookery.shell.internal.View;

/** How the shell shows a trusted domain. */
final class TrustView {

  static final View<DomainTrust> FIELDS =
      View.<DomainTrust>empty()
          .column("id", DomainTrust::id)
          .column("domain", DomainTrust::domain)
          .column("trusted_by", DomainTrust::trustedBy)
          .column("trusted_at", DomainTrust::trustedAt);

  private TrustView() {}
}
