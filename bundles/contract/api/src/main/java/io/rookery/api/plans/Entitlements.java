// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.plans;

import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.ErrorCode.Kind;
import io.rookery.kernel.Tx;
import java.sql.SQLException;
import org.osgi.annotation.versioning.ProviderType;

/** Whether a tenant may make more of something. Thread-safe. */
@ProviderType
public interface Entitlements {

  /** A tenant has as much as its plan gives. */
  ErrorCode LIMIT_REACHED = new ErrorCode("plan_limit_reached", Kind.CONFLICT);

  /**
   * Refuses what would be more than the transaction's tenant may have. Whoever makes a thing calls
   * this before, in the transaction that makes it: until that ends, nobody else of the tenant gets
   * past it for the same entitlement, so that of two makers at a limit one is refused. Whoever
   * makes things of several kinds asks in the order of {@link Entitlement}.
   *
   * @param wanted counts how many there would be; asked only once the others are waited for, as a
   *     count from before could miss what they made
   * @throws io.rookery.kernel.RookeryException {@link #LIMIT_REACHED}, naming the plan, the limit
   *     and what to do
   */
  void require(Tx tx, Entitlement entitlement, Wanted wanted);

  /** Counts how many of a thing there would be. */
  @FunctionalInterface
  interface Wanted {

    /** Returns how many there would be, those to be made now included. */
    long total(Tx tx) throws SQLException;
  }
}
