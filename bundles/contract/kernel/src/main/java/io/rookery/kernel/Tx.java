// SPDX-License-Identifier: Apache-2.0
package io.rookery.kernel;

import java.sql.Connection;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An open transaction of one tenant. Whoever must write atomically with somebody else takes that
 * party's {@code Tx}. Valid only within the call that handed it out, on that thread; the holder
 * never commits, rolls back, closes or changes the connection's settings.
 */
@ProviderType
public interface Tx {

  /** Returns the context that the transaction was opened for, never null. */
  TenantContext context();

  /**
   * Returns the connection, on which row-level security admits the context's tenant alone. Changes
   * that a JPA unit still holds back must be flushed before JDBC is to see them.
   */
  Connection connection();
}
