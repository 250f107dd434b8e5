// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.tx;

import java.sql.Connection;
import java.sql.SQLException;

/** Work on a connection. */
@FunctionalInterface
interface SqlWork<R> {

  R run(Connection connection) throws SQLException;
}
