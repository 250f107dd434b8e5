// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.test;

import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.EntityWork;
import io.rookery.persistence.Select;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.SystemWork;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.TxWork;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.persistence.EntityManagerFactory;

/**
 * The fault that row-level security is there for: statements of a service that no longer ask whose
 * row it is. Entities are left as they are.
 */
public final class Unchecked implements Transactions {

  private final Transactions transactions;
  private final UnaryOperator<String> fault;

  private Unchecked(Transactions transactions, UnaryOperator<String> fault) {
    this.transactions = transactions;
    this.fault = fault;
  }

  /** Takes the tenant out of the conditions of all statements. */
  public static Unchecked all(Transactions transactions) {
    return with(
        transactions, sql -> sql.replaceAll("((?:\\w+\\.)?tenant_id = \\?)", "($1 or true)"));
  }

  /** Changes statements; one that stays the same is no fault. */
  public static Unchecked with(Transactions transactions, UnaryOperator<String> fault) {
    return new Unchecked(transactions, fault);
  }

  private record Faulty(TenantContext context, Connection connection) implements Tx {}

  private <R> TxWork<R> faulty(TxWork<R> work) {
    return tx -> work.run(new Faulty(tx.context(), faulty(tx.connection())));
  }

  private Connection faulty(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            Unchecked.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                arguments[0] = fault.apply((String) arguments[0]);
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Override
  public <R> R call(TenantContext context, TxWork<R> work) {
    return transactions.call(context, faulty(work));
  }

  @Override
  public <R> List<R> readByIndex(TenantContext context, Select<R> select) {
    String faulty = fault.apply(select.sql());
    return transactions.readByIndex(
        context, new Select<>(faulty, select.values(), select.reader()));
  }

  @Override
  public <R> R callOnce(TenantContext context, Class<R> resultType, TxWork<R> work) {
    return transactions.callOnce(context, resultType, faulty(work));
  }

  @Override
  public <R> R callEntity(TenantContext context, EntityManagerFactory unit, EntityWork<R> work) {
    return transactions.callEntity(context, unit, work);
  }

  @Override
  public <R> R callEntityOnce(
      TenantContext context, EntityManagerFactory unit, Class<R> resultType, EntityWork<R> work) {
    return transactions.callEntityOnce(context, unit, resultType, work);
  }

  @Override
  public <R> R system(SystemPurpose purpose, SystemWork<R> work) {
    return transactions.system(purpose, work);
  }
}
