// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.storage;

import io.rookery.kernel.Actor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import io.rookery.spi.plugin.PluginStorage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Storage of one plugin: an instance for each bundle that asks, named by its symbolic name, so two
 * versions of a plugin share what they keep. A new entry's version begins with the time, so that
 * one which was removed and made anew is never taken for the old one.
 */
@Component(service = PluginStorage.class, scope = ServiceScope.BUNDLE)
public final class BundleStorage implements PluginStorage {

  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._/-]{1,200}");
  private static final int MOST_BYTES = 30 << 20;
  private static final Actor ACTOR = Actor.system("plugin-storage");

  private final Transactions transactions;
  private final String plugin;
  private final Clock clock;

  /** Keeps things for the bundle that asked. */
  @Activate
  public BundleStorage(ComponentContext context, @Reference Transactions transactions) {
    this(transactions, nameOf(context.getUsingBundle()), Clock.systemUTC());
  }

  /** Keeps things for a plugin of a given name, by a given clock. */
  public BundleStorage(Transactions transactions, String plugin, Clock clock) {
    this.transactions = transactions;
    this.plugin = plugin;
    this.clock = clock;
  }

  private static String nameOf(Bundle bundle) {
    return bundle.getSymbolicName();
  }

  @Override
  public Optional<Entry> get(UUID tenantId, String key) {
    checkKey(key);
    return query(tenantId, StorageSql.of(tenantId).get(), List.of(key)).stream().findFirst();
  }

  @Override
  public long put(UUID tenantId, String key, byte[] value, long expectedVersion) {
    checkKey(key);
    checkValue(value);
    return expectedVersion == 0
        ? insert(tenantId, Map.of(key, value))
        : update(tenantId, key, value, expectedVersion);
  }

  @Override
  public void add(UUID tenantId, Map<String, byte[]> entries) {
    entries.keySet().forEach(BundleStorage::checkKey);
    entries.values().forEach(BundleStorage::checkValue);
    if (!entries.isEmpty()) {
      insert(tenantId, entries);
    }
  }

  /** A key that exists fails as a unique key does, which is reported as a conflict. */
  private long insert(UUID tenantId, Map<String, byte[]> entries) {
    long version = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    return run(
        tenantId,
        connection -> {
          String sql = StorageSql.of(tenantId).insert();
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            // In the order of keys, so that two callers never wait for each other.
            for (Map.Entry<String, byte[]> entry : new TreeMap<>(entries).entrySet()) {
              int at = owner(statement, 1, tenantId);
              statement.setString(at, entry.getKey());
              statement.setBytes(at + 1, entry.getValue());
              statement.setLong(at + 2, version);
              statement.addBatch();
            }
            statement.executeBatch();
            return version;
          }
        });
  }

  private long update(UUID tenantId, String key, byte[] value, long expectedVersion) {
    return run(
        tenantId,
        connection -> {
          String sql = StorageSql.of(tenantId).update();
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setBytes(1, value);
            int at = owner(statement, 2, tenantId);
            statement.setString(at, key);
            statement.setLong(at + 1, expectedVersion);
            try (ResultSet row = statement.executeQuery()) {
              if (!row.next()) {
                throw conflict();
              }
              return row.getLong(1);
            }
          }
        });
  }

  @Override
  public boolean remove(UUID tenantId, String key, long expectedVersion) {
    checkKey(key);
    return change(tenantId, StorageSql.of(tenantId).remove(), List.of(key, expectedVersion)) == 1;
  }

  @Override
  public int removeBefore(UUID tenantId, String prefix, String bound) {
    checkKey(prefix);
    List<Object> values = List.of(prefix, after(prefix), bound);
    return change(tenantId, StorageSql.of(tenantId).removeBefore(), values);
  }

  @Override
  public List<Entry> scan(UUID tenantId, Scan scan) {
    List<Object> values = new ArrayList<>(List.of(scan.prefix(), after(scan.prefix())));
    if (scan.beyond() != null) {
      values.add(scan.beyond());
    }
    values.add(scan.limit());
    return query(tenantId, StorageSql.of(tenantId).scan(scan), values);
  }

  /** Returns the smallest text that is greater than all that begin with a prefix. */
  private static String after(String prefix) {
    int last = prefix.length() - 1;
    return prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
  }

  private List<Entry> query(UUID tenantId, String sql, List<?> values) {
    return run(
        tenantId,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            fill(statement, owner(statement, 1, tenantId), values);
            List<Entry> entries = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                entries.add(new Entry(rows.getString(1), rows.getBytes(2), rows.getLong(3)));
              }
            }
            return entries;
          }
        });
  }

  private int change(UUID tenantId, String sql, List<?> values) {
    return run(
        tenantId,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            fill(statement, owner(statement, 1, tenantId), values);
            return statement.executeUpdate();
          }
        });
  }

  private static void fill(PreparedStatement statement, int from, List<?> values)
      throws SQLException {
    int at = from;
    for (Object value : values) {
      statement.setObject(at++, value);
    }
  }

  /** Sets the owner's parameters and returns the place of the next one. */
  private int owner(PreparedStatement statement, int from, UUID tenantId) throws SQLException {
    int at = from;
    if (tenantId != null) {
      statement.setObject(at++, tenantId);
    }
    statement.setString(at++, plugin);
    return at;
  }

  private <R> R run(UUID tenantId, Work<R> work) {
    return tenantId == null
        ? transactions.system(SystemPurpose.PLUGIN_STORAGE, work::run)
        : transactions.call(TenantContext.of(tenantId, ACTOR), tx -> work.run(tx.connection()));
  }

  private static void checkKey(String key) {
    if (key == null || !KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("A key has 1 to 200 characters of A-Z a-z 0-9 . _ / -");
    }
  }

  private static void checkValue(byte[] value) {
    if (value.length > MOST_BYTES) {
      throw new RookeryException(CommonErrors.TOO_LARGE, "A value has at most 30 MiB");
    }
  }

  private static RookeryException conflict() {
    return new RookeryException(CommonErrors.CONFLICT, "The entry has been changed meanwhile");
  }

  private interface Work<R> {
    R run(Connection connection) throws SQLException;
  }
}
