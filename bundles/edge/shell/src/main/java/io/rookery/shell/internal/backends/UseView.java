// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.backends;

import io.rookery.api.sending.BackendVersions.Use;
import io.rookery.shell.internal.View;

/** How the shell shows which versions of a backend are used. */
final class UseView {

  static final View<Use> FIELDS =
      View.<Use>empty()
          .column("backend", Use::backend)
          .column("current", Use::current)
          .column("next", Use::next)
          .column("state", Use::state)
          .column("moved", UseView::moved)
          .column("return_above", it -> it.returnAbove() + " %")
          .column("reason", Use::reason)
          .detail("changed_at", Use::changedAt);

  private UseView() {}

  private static String moved(Use use) {
    return use.everybody() ? "all" : Integer.toString(use.tenants());
  }
}
