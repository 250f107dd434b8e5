// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.links;

import io.rookery.api.sending.DeadLinks.DeadLink;
import io.rookery.shell.internal.View;

/** How the shell shows links that were killed. */
final class DeadLinkView {

  static final View<DeadLink> FIELDS =
      View.<DeadLink>empty()
          .column("id", DeadLink::id)
          .column("campaign_id", dead -> dead.target().campaignId())
          .column("link", dead -> dead.target().number())
          .column("by_operator", DeadLink::byOperator)
          .column("killed_at", DeadLink::killedAt)
          .column("reason", DeadLink::reason);

  private DeadLinkView() {}
}
