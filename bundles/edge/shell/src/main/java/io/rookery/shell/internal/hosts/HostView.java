// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.hosts;

import io.rookery.api.hosts.Host;
import io.rookery.api.hosts.PresentedKey;
import io.rookery.shell.internal.View;

/** How the shell shows hosts. */
final class HostView {

  static final View<Host> FIELDS =
      View.<Host>empty()
          .column("id", Host::id)
          .column("name", Host::name)
          .column("address", Host::address)
          .column("port", Host::port)
          .column("fingerprint", h -> h.hostKey() == null ? null : h.hostKey().fingerprint())
          .detail("key_type", h -> h.hostKey() == null ? null : h.hostKey().type())
          .detail("pinned_at", Host::pinnedAt)
          .detail("created_at", Host::createdAt)
          .detail("version", Host::version);

  static final View<PresentedKey> SHOWN =
      View.<PresentedKey>empty()
          .column("key_type", p -> p.hostKey().type())
          .column("fingerprint", p -> p.hostKey().fingerprint())
          .column("pinned", PresentedKey::pinned);

  private HostView() {}
}
