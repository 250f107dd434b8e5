// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection that has each query explained, with the very values that it is about to run with, so
 * that what is judged is the product's own statement and no copy of it. For one thread.
 */
final class ExplainedConnection {

  private final Connection real;
  private final List<String> plans = new ArrayList<>();

  ExplainedConnection(Connection real) {
    this.real = real;
  }

  /** Returns the connection to hand to a store. */
  Connection connection() {
    return proxy(
        Connection.class,
        (self, method, values) -> {
          Object result = invoke(method, real, values);
          return method.getName().equals("prepareStatement")
              ? explained((String) values[0], (PreparedStatement) result)
              : result;
        });
  }

  /** Returns the plans since the last time this was called. */
  List<String> takePlans() {
    List<String> taken = List.copyOf(plans);
    plans.clear();
    return taken;
  }

  private PreparedStatement explained(String sql, PreparedStatement statement) {
    List<Object[]> bound = new ArrayList<>();
    return proxy(
        PreparedStatement.class,
        (self, method, values) -> {
          if (method.getName().startsWith("set") && values.length > 1) {
            bound.add(new Object[] {method, values});
          } else if (method.getName().equals("executeQuery")) {
            plans.add(plan(sql, bound));
          }
          return invoke(method, statement, values);
        });
  }

  private String plan(String sql, List<Object[]> bound) throws Throwable {
    try (PreparedStatement explain =
        real.prepareStatement("explain (analyze, costs off, summary off) " + sql)) {
      for (Object[] set : bound) {
        invoke((Method) set[0], explain, (Object[]) set[1]);
      }
      StringBuilder plan = new StringBuilder();
      try (ResultSet rows = explain.executeQuery()) {
        while (rows.next()) {
          plan.append(rows.getString(1)).append('\n');
        }
      }
      return plan.toString();
    } catch (SQLException e) {
      throw new SQLException("Cannot be explained: " + sql, e);
    }
  }

  private static Object invoke(Method method, Object target, Object[] values) throws Throwable {
    try {
      return method.invoke(target, values);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
