// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.audit;

import io.rookery.kernel.Uuids;
import io.rookery.tenancy.internal.audit.chain.Entry;
import io.rookery.tenancy.internal.audit.chain.EntryRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Whoever owns the database of a chain and knows how it is hashed, but not the key of its heads.
 */
public final class Owner {

  private static final int BLOCK = 5000;
  private static final List<String> TABLES =
      List.of("tenant.audit_entry", "tenant.audit_chain", "platform.audit_head");

  private final Connection connection;
  private final UUID tenant;

  /** Works on a connection of the owner, which the caller closes. */
  public Owner(Connection connection, UUID tenant) {
    this.connection = connection;
    this.tenant = tenant;
  }

  /** Keeps everything as it is, to have it back. */
  public void keep() throws SQLException {
    for (String table : TABLES) {
      run("create temp table " + kept(table) + " as select * from " + table);
    }
  }

  /** Makes everything as it was. */
  public void restore() throws SQLException {
    for (String table : TABLES) {
      run("delete from " + table);
      run("insert into " + table + " select * from " + kept(table));
    }
  }

  private static String kept(String table) {
    return "kept_" + table.substring(table.indexOf('.') + 1);
  }

  /** Says that somebody else did it. */
  public void alter(long seq) throws SQLException {
    run("update tenant.audit_entry set actor = 'user:nobody' where seq = " + seq);
  }

  /** Takes an entry out. */
  public void remove(long seq) throws SQLException {
    run("delete from tenant.audit_entry where seq = " + seq);
  }

  /** Has two entries change places. */
  public void swap(long one, long other) throws SQLException {
    run("update tenant.audit_entry set seq = -1 where seq = " + one);
    run("update tenant.audit_entry set seq = " + one + " where seq = " + other);
    run("update tenant.audit_entry set seq = " + other + " where seq = -1");
  }

  /** Cuts off what is beyond an entry, and all that the database says of it. */
  public void cut(long seq) throws SQLException {
    run("delete from tenant.audit_entry where seq > " + seq);
    run("delete from platform.audit_head where seq > " + seq);
    end(seq);
  }

  /** Alters the first entry, hashes all behind it anew and drops the heads. */
  public void rewrite(long last) throws SQLException {
    alter(1);
    byte[] previous = new byte[32];
    for (long from = 0; from < last; from += BLOCK) {
      List<Entry> forged = new ArrayList<>();
      for (Entry entry : read(from)) {
        Entry next =
            Entry.following(tenant, entry.seq(), previous, entry.content(), entry.source());
        previous = next.link().hash();
        forged.add(next);
      }
      write(forged);
    }
    run("delete from platform.audit_head");
    end(last);
  }

  /** Adds a head of the last entry that says what the chain says, signed by nobody. */
  public void forgeHead(long last) throws SQLException {
    run(
        "insert into platform.audit_head (tenant_id, seq, hash, signed_at, key_id, signature,"
            + " copied_at) select tenant_id, seq, hash, now(), 1, decode(repeat('"
            + Uuids.next().toString().replace("-", "")
            + "', 4), 'hex'), now() from tenant.audit_entry where seq = "
            + last);
  }

  private void end(long seq) throws SQLException {
    run(
        "update tenant.audit_chain c set seq = e.seq, hash = e.hash from tenant.audit_entry e"
            + " where e.seq = "
            + seq);
  }

  private List<Entry> read(long beyond) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select "
                + EntryRows.COLUMNS
                + " from tenant.audit_entry where seq > ? order by seq limit ?")) {
      query.setLong(1, beyond);
      query.setInt(2, BLOCK);
      List<Entry> entries = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          entries.add(EntryRows.entry(row));
        }
      }
      return entries;
    }
  }

  private void write(List<Entry> entries) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update tenant.audit_entry e set previous = f.previous, hash = f.hash"
                + " from unnest(?::bigint[], ?::bytea[], ?::bytea[]) as f (seq, previous, hash)"
                + " where e.tenant_id = ? and e.seq = f.seq")) {
      Object[] numbers = entries.stream().map(Entry::seq).toArray();
      byte[][] previous = entries.stream().map(e -> e.link().previous()).toArray(byte[][]::new);
      byte[][] hashes = entries.stream().map(e -> e.link().hash()).toArray(byte[][]::new);
      update.setArray(1, connection.createArrayOf("bigint", numbers));
      update.setArray(2, connection.createArrayOf("bytea", previous));
      update.setArray(3, connection.createArrayOf("bytea", hashes));
      update.setObject(4, tenant);
      update.executeUpdate();
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
