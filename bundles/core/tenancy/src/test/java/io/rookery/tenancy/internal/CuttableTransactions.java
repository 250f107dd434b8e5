// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.EntityWork;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.SystemWork;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.TxWork;
import java.time.Duration;
import javax.persistence.EntityManagerFactory;

/** Transactions of a node whose way to the database may be cut. */
final class CuttableTransactions implements Transactions {

  private final Transactions transactions;
  volatile boolean cut;

  CuttableTransactions(Transactions transactions) {
    this.transactions = transactions;
  }

  private Transactions whole() {
    if (cut) {
      throw RookeryException.unavailable("Cut off", Duration.ofSeconds(1), null);
    }
    return transactions;
  }

  @Override
  public <R> R call(TenantContext context, TxWork<R> work) {
    return whole().call(context, work);
  }

  @Override
  public <R> R callOnce(TenantContext context, Class<R> resultType, TxWork<R> work) {
    return whole().callOnce(context, resultType, work);
  }

  @Override
  public <R> R callEntity(TenantContext context, EntityManagerFactory unit, EntityWork<R> work) {
    return whole().callEntity(context, unit, work);
  }

  @Override
  public <R> R callEntityOnce(
      TenantContext context, EntityManagerFactory unit, Class<R> resultType, EntityWork<R> work) {
    return whole().callEntityOnce(context, unit, resultType, work);
  }

  @Override
  public <R> R system(SystemPurpose purpose, SystemWork<R> work) {
    return whole().system(purpose, work);
  }
}
