// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.tenancy;

import io.rookery.kernel.Tx;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Objects to archiving a workspace. Offered as a service by whoever keeps things in workspaces that
 * are at work. While it is not there, nobody objects. Thread-safe.
 */
@ConsumerType
public interface WorkspaceUse {

  /**
   * Returns why a workspace of the transaction's tenant cannot be archived now, as a sentence for
   * whoever asked, or empty. Whoever {@linkplain Workspaces#place places} a thing is waited for
   * before this is asked.
   */
  Optional<String> objection(Tx tx, UUID workspaceId) throws SQLException;
}
