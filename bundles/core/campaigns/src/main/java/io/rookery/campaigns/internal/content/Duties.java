// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.content;

import io.rookery.campaigns.internal.liquid.Nodes.Output;

/**
 * What a commercial mail must show (16 CFR 316.4, 316.5) and whether a template shows it whatever
 * the recipient's data are: only outputs outside all conditions and loops count.
 */
final class Duties {

  private boolean unsubscribe;
  private boolean address;

  void shown(Output output, boolean asAddress) {
    unsubscribe |= output.shows("unsubscribe_url");
    address |= !asAddress && output.shows("tenant", "postal_address");
  }

  /** Returns Liquid for an HTML footer with what is lacking; empty where nothing is. */
  String htmlFooter() {
    if (unsubscribe && address) {
      return "";
    }
    return "<p style=\"font-size:12px;color:#666;text-align:center\">"
        + (address ? "" : "{{ tenant.name }} · {{ tenant.postal_address }}")
        + (unsubscribe ? "" : "<br><a href=\"{{ unsubscribe_url }}\">Unsubscribe</a>")
        + "</p>";
  }

  /** Returns Liquid for a plain text footer with what is lacking; empty where nothing is. */
  String textFooter() {
    if (unsubscribe && address) {
      return "";
    }
    return "\n\n"
        + (address ? "" : "{{ tenant.name }}, {{ tenant.postal_address }}\n")
        + (unsubscribe ? "" : "Unsubscribe: {{ unsubscribe_url }}\n");
  }
}
