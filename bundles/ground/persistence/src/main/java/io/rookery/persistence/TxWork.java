// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence;

import io.rookery.kernel.Tx;
import java.sql.SQLException;

/** Work inside one tenant's transaction. */
@FunctionalInterface
public interface TxWork<R> {

  /** Does the work; an exception rolls everything back. */
  R run(Tx tx) throws SQLException;
}
