// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence;

import java.sql.Connection;
import java.sql.SQLException;

/** Work of the platform itself, outside any tenant. */
@FunctionalInterface
public interface SystemWork<R> {

  /**
   * Does the work on a connection of {@code rookery_system}; an exception rolls everything back.
   */
  R run(Connection connection) throws SQLException;
}
