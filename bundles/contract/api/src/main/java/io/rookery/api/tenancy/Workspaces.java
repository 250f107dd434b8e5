// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.tenancy;

import io.rookery.kernel.Tx;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** Where things are put, for those who keep them. Thread-safe. */
@ProviderType
public interface Workspaces {

  /**
   * Returns where a thing is put, and holds that workspace against being archived until the
   * transaction ends.
   *
   * @param wanted the workspace that is asked for, or null for the tenant's main one, in a
   *     restricted context for the only one that it has
   * @throws io.rookery.kernel.RookeryException {@code validation_failed} at {@code /workspace_id}
   *     where there is no such workspace or it is archived, and in a restricted context where it
   *     has to be said which
   */
  UUID place(Tx tx, UUID wanted);
}
