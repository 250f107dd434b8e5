// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal.read;

import io.rookery.kernel.TenantContext;
import io.rookery.persistence.EntityWork;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.SystemWork;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.TxWork;
import java.util.Random;
import javax.persistence.EntityManagerFactory;

/**
 * Transactions of a node that dies after so many tenants: just before the commit, just after it, or
 * after the platform's next one.
 */
final class DeadlyTransactions implements Transactions {

  /** Stands for the death of the node: nothing it does afterwards counts. */
  static final class NodeDied extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final Transactions transactions;
  private final Random random;
  private int left;
  private boolean dying;

  DeadlyTransactions(Transactions transactions, Random random, int tenantsToLive) {
    this.transactions = transactions;
    this.random = random;
    this.left = tenantsToLive;
  }

  @Override
  public <R> R call(TenantContext context, TxWork<R> work) {
    dying = dying || --left <= 0;
    int when = random.nextInt(3);
    R result =
        transactions.call(
            context,
            tx -> {
              R inner = work.run(tx);
              die(dying && when == 0);
              return inner;
            });
    die(dying && when == 1);
    return result;
  }

  @Override
  public <R> R system(SystemPurpose purpose, SystemWork<R> work) {
    R result = transactions.system(purpose, work);
    die(dying);
    return result;
  }

  private static void die(boolean now) {
    if (now) {
      throw new NodeDied();
    }
  }

  @Override
  public <R> R callOnce(TenantContext context, Class<R> resultType, TxWork<R> work) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <R> R callEntity(TenantContext context, EntityManagerFactory unit, EntityWork<R> work) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <R> R callEntityOnce(
      TenantContext context, EntityManagerFactory unit, Class<R> resultType, EntityWork<R> work) {
    throw new UnsupportedOperationException();
  }
}
