// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.store;

import io.rookery.api.tenancy.KeyUsage;
import io.rookery.api.tenancy.KeyUsage.Day;
import io.rookery.api.tenancy.KeyUsage.Operation;
import io.rookery.kernel.Tx;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** How much keys were used, by day and operation. */
public final class UsageRows {

  /** Callers that are no keys, and keys of tenants that are gone, leave no row. */
  private static final String ADD =
      """
      insert into tenant.api_key_usage as u (tenant_id, key_id, day, operation, calls)
      select n.tenant_id, n.key_id, n.day, n.operation, n.calls
      from unnest(?::uuid[], ?::uuid[], ?::date[], ?::text[], ?::bigint[])
        with ordinality as n (tenant_id, key_id, day, operation, calls, place)
      join tenant.api_key k on k.tenant_id = n.tenant_id and k.id = n.key_id
      order by n.place
      on conflict (tenant_id, key_id, day, operation) do update set calls = u.calls + excluded.calls
      """;

  private static final String DAYS =
      """
      select d.day::date, coalesce(sum(u.calls), 0)
      from generate_series(?::date, ?::date, interval '1 day') as d (day)
      left join tenant.api_key_usage u on u.tenant_id = ? and u.key_id = ? and u.day = d.day::date
      group by d.day order by d.day
      """;

  private static final String OPERATIONS =
      """
      select operation, sum(calls) from tenant.api_key_usage
      where tenant_id = ? and key_id = ? and day between ? and ?
      group by operation order by 2 desc, 1 limit ?
      """;

  private final Transactions transactions;

  /** Writes through the platform's transactions. */
  public UsageRows(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Adds calls of any tenants in one statement, in the order that is given. */
  public void add(Map<Counted, Long> calls) {
    transactions.system(SystemPurpose.KEY_USE, connection -> add(connection, calls));
  }

  private static int add(Connection connection, Map<Counted, Long> calls) throws SQLException {
    List<Counted> counted = List.copyOf(calls.keySet());
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      Object[] tenants = counted.stream().map(Counted::tenantId).toArray();
      Object[] keys = counted.stream().map(Counted::keyId).toArray();
      Object[] days = counted.stream().map(c -> c.day().toString()).toArray();
      Object[] operations = counted.stream().map(Counted::operation).toArray();
      Object[] numbers = counted.stream().map(calls::get).toArray();
      insert.setArray(1, connection.createArrayOf("uuid", tenants));
      insert.setArray(2, connection.createArrayOf("uuid", keys));
      insert.setArray(3, connection.createArrayOf("text", days));
      insert.setArray(4, connection.createArrayOf("text", operations));
      insert.setArray(5, connection.createArrayOf("bigint", numbers));
      return insert.executeUpdate();
    }
  }

  /** Removes what is older than the days that are shown; returns how many rows. */
  public int removeBefore(LocalDate day) {
    return transactions.system(
        SystemPurpose.KEY_USE,
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement("delete from tenant.api_key_usage where day < ?")) {
            delete.setObject(1, day);
            return delete.executeUpdate();
          }
        });
  }

  /** Returns how much a key was used up to today. */
  public static KeyUsage read(Tx tx, UUID key, LocalDate today) throws SQLException {
    LocalDate first = firstShown(today);
    return new KeyUsage(days(tx, key, first, today), operations(tx, key, first, today));
  }

  /** Returns the oldest day that is shown. */
  public static LocalDate firstShown(LocalDate today) {
    return today.minusDays(KeyUsage.DAYS - 1L);
  }

  private static List<Day> days(Tx tx, UUID key, LocalDate first, LocalDate last)
      throws SQLException {
    try (PreparedStatement query = tx.connection().prepareStatement(DAYS)) {
      query.setObject(1, first);
      query.setObject(2, last);
      query.setObject(3, tx.context().tenantId());
      query.setObject(4, key);
      try (ResultSet rows = query.executeQuery()) {
        List<Day> days = new ArrayList<>();
        while (rows.next()) {
          days.add(new Day(rows.getObject(1, LocalDate.class), rows.getLong(2)));
        }
        return days;
      }
    }
  }

  private static List<Operation> operations(Tx tx, UUID key, LocalDate first, LocalDate last)
      throws SQLException {
    try (PreparedStatement query = tx.connection().prepareStatement(OPERATIONS)) {
      query.setObject(1, tx.context().tenantId());
      query.setObject(2, key);
      query.setObject(3, first);
      query.setObject(4, last);
      query.setInt(5, KeyUsage.OPERATIONS);
      try (ResultSet rows = query.executeQuery()) {
        List<Operation> operations = new ArrayList<>();
        while (rows.next()) {
          operations.add(new Operation(rows.getString(1), rows.getLong(2)));
        }
        return operations;
      }
    }
  }

  /** What is counted apart. */
  public record Counted(UUID tenantId, UUID keyId, LocalDate day, String operation)
      implements Comparable<Counted> {

    private static final Comparator<Counted> ORDER =
        Comparator.comparing(Counted::tenantId)
            .thenComparing(Counted::keyId)
            .thenComparing(Counted::day)
            .thenComparing(Counted::operation);

    @Override
    public int compareTo(Counted other) {
      return ORDER.compare(this, other);
    }
  }
}
