// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence;

import java.sql.SQLException;

/** Work with entities inside one tenant's transaction. */
@FunctionalInterface
public interface EntityWork<R> {

  /** Does the work; an exception rolls everything back. */
  R run(EntityTx tx) throws SQLException;
}
