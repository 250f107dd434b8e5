// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.hosts;

import io.rookery.kernel.TenantContext;
import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How hosts are, as seen from here and, where a key signs in, from the inside. Each host is looked
 * at every 15 minutes; where something is another than before, {@code host.check_changed} tells.
 * Thread-safe.
 */
@ProviderType
public interface HostHealthService {

  /** Returns what was last seen of a host; empty where nobody has looked yet. */
  List<HostCheck> get(TenantContext context, UUID hostId);

  /** Looks at a host now, which takes at most a minute or two, and returns what was seen. */
  List<HostCheck> check(TenantContext context, UUID hostId);
}
