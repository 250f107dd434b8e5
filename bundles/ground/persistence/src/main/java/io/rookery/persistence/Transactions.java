// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence;

import io.rookery.kernel.TenantContext;
import java.util.List;
import javax.persistence.EntityManagerFactory;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The only way to a database connection. Every call is one transaction: it commits when the work
 * returns and rolls back when the work throws. Calls do not nest: a call made on a thread that is
 * inside another one throws {@link IllegalStateException}, as it would run on a second connection
 * and see nothing of the first. Thread-safe.
 *
 * <p>Errors are translated once. The database being out of reach, too busy or locked becomes {@code
 * unavailable} with a wait; a unique key that is taken becomes {@code conflict}; a {@code
 * RookeryException} of the work passes unchanged; everything else becomes {@code internal}.
 */
@ProviderType
public interface Transactions {

  /**
   * Runs work as {@code rookery_app} for the context's tenant: row-level security admits no other
   * tenant's rows. The context's idempotency key plays no part.
   */
  <R> R call(TenantContext context, TxWork<R> work);

  /**
   * Like {@link #call}, for statements that run hundreds of times a second and find each row by its
   * whole key. The server may keep their plans, as it would by itself, instead of making one for
   * each run; ask for that only of tables whose size its statistics know.
   */
  default <R> R callByKey(TenantContext context, TxWork<R> work) {
    return call(context, work);
  }

  /**
   * Reads single rows of tables of schema {@code tenant} that indexes lead to, as {@link #call}
   * would, but by one round trip to the server. The plan may be kept; indexes are taken whatever
   * the statistics say, so that one made while a table was small does no harm once it is large.
   *
   * @return what it found, in order; never null
   */
  default <R> List<R> readByIndex(TenantContext context, Select<R> select) {
    return call(context, tx -> select.on(tx.connection()));
  }

  /**
   * Like {@link #call}, but at most once per idempotency key of the context. The key is claimed in
   * the same transaction and the result is kept with it as JSON for 24 hours; a repeat returns the
   * kept result without running the work. A context without a key simply runs the work.
   *
   * @param resultType the record that is kept; one that is {@link io.rookery.kernel.SecretBearing}
   *     is not kept, and a repeat throws {@code already_done} that names its id
   * @throws io.rookery.kernel.RookeryException {@code idempotency_key_reused} where the key came
   *     with another fingerprint before, {@code idempotency_key_in_use} while the first request
   *     runs
   */
  <R> R callOnce(TenantContext context, Class<R> resultType, TxWork<R> work);

  /** Like {@link #call}, with an entity manager of the caller's own unit on the same connection. */
  <R> R callEntity(TenantContext context, EntityManagerFactory unit, EntityWork<R> work);

  /** Like {@link #callOnce}, with an entity manager of the caller's own unit. */
  <R> R callEntityOnce(
      TenantContext context, EntityManagerFactory unit, Class<R> resultType, EntityWork<R> work);

  /**
   * Runs work as {@code rookery_system}, which writes schema {@code platform} and sees only what
   * named policies of schema {@code tenant} admit.
   */
  <R> R system(SystemPurpose purpose, SystemWork<R> work);
}
