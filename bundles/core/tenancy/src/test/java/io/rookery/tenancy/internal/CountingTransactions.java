// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import io.rookery.kernel.TenantContext;
import io.rookery.persistence.EntityWork;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.SystemWork;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.TxWork;
import java.util.concurrent.atomic.AtomicInteger;
import javax.persistence.EntityManagerFactory;

/** Transactions that are counted. */
final class CountingTransactions implements Transactions {

  private final Transactions transactions;
  private final AtomicInteger calls = new AtomicInteger();
  private final int interrupted;
  private final Runnable meanwhile;

  CountingTransactions(Transactions transactions) {
    this(transactions, 0, () -> {});
  }

  /** Has something happen just before one of the platform's. */
  CountingTransactions(Transactions transactions, int interrupted, Runnable meanwhile) {
    this.transactions = transactions;
    this.interrupted = interrupted;
    this.meanwhile = meanwhile;
  }

  int calls() {
    return calls.get();
  }

  @Override
  public <R> R call(TenantContext context, TxWork<R> work) {
    calls.incrementAndGet();
    return transactions.call(context, work);
  }

  @Override
  public <R> R callOnce(TenantContext context, Class<R> resultType, TxWork<R> work) {
    calls.incrementAndGet();
    return transactions.callOnce(context, resultType, work);
  }

  @Override
  public <R> R callEntity(TenantContext context, EntityManagerFactory unit, EntityWork<R> work) {
    calls.incrementAndGet();
    return transactions.callEntity(context, unit, work);
  }

  @Override
  public <R> R callEntityOnce(
      TenantContext context, EntityManagerFactory unit, Class<R> resultType, EntityWork<R> work) {
    calls.incrementAndGet();
    return transactions.callEntityOnce(context, unit, resultType, work);
  }

  @Override
  public <R> R system(SystemPurpose purpose, SystemWork<R> work) {
    if (calls.incrementAndGet() == interrupted) {
      meanwhile.run();
    }
    return transactions.system(purpose, work);
  }
}
