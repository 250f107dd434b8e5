// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.head;

import io.rookery.tenancy.internal.audit.head.Head.Signed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Heads and checkpoints as rows, and the ends of chains, as the platform sees them. */
public final class HeadRows {

  private static final UUID LEAST = new UUID(0, 0);
  private static final String HEAD = "tenant_id, seq, hash, signed_at, key_id, signature";
  private static final String MOVED =
      """
      select c.tenant_id, c.seq, c.hash, h.tenant_id, h.seq, h.hash, h.signed_at, h.key_id,
        h.signature, e.hash, coalesce(k.seq, 0)
      from tenant.audit_chain c
      left join lateral (select * from platform.audit_head n where n.tenant_id = c.tenant_id
        order by n.seq desc limit 1) h on true
      left join tenant.audit_entry e on e.tenant_id = h.tenant_id and e.seq = h.seq
      left join platform.audit_checkpoint k on k.tenant_id = c.tenant_id
      where c.tenant_id > ? and (c.seq > 0 or h.seq > 0)
        and (h.seq, h.hash) is distinct from (c.seq, c.hash)
      order by c.tenant_id limit ?""";
  private static final String INSERT =
      """
      insert into platform.audit_head (tenant_id, seq, hash, signed_at, key_id, signature)
      select h.tenant_id, h.seq, h.hash, h.signed_at, h.key_id, h.signature
      from unnest(?::uuid[], ?::bigint[], ?::bytea[], ?::timestamptz[], ?::int[], ?::bytea[])
        as h (tenant_id, seq, hash, signed_at, key_id, signature)
      on conflict do nothing""";
  private static final String UNCOPIED =
      "select %s from platform.audit_head where copied_at is null order by signed_at limit ?"
          .formatted(HEAD);
  private static final String COPIED =
      """
      update platform.audit_head h set copied_at = ? from unnest(?::uuid[], ?::bigint[])
        as c (tenant_id, seq) where h.tenant_id = c.tenant_id and h.seq = c.seq""";
  private static final String CHECKPOINT =
      """
      insert into platform.audit_checkpoint (tenant_id, seq, hash, signed_at, key_id, signature)
      values (?, ?, ?, ?, ?, ?) on conflict (tenant_id) do update set seq = excluded.seq,
        hash = excluded.hash, signed_at = excluded.signed_at, key_id = excluded.key_id,
        signature = excluded.signature""";

  private static final String THIN =
      """
      delete from platform.audit_head h where h.signed_at < ? and h.copied_at is not null
        and exists (select from platform.audit_head n where n.tenant_id = h.tenant_id
          and n.seq > h.seq and n.copied_at is not null
          and date_trunc('day', n.signed_at, 'UTC') = date_trunc('day', h.signed_at, 'UTC'))""";

  private final Connection connection;

  /** Works on a connection of the platform. */
  public HeadRows(Connection connection) {
    this.connection = connection;
  }

  /**
   * A chain whose end no head names.
   *
   * @param head its newest head, or null
   * @param there the hash that the head's entry has now, or null where there is no such entry
   * @param dropped up to which entry the chain has outlived its retention
   */
  record Moved(UUID tenantId, long seq, byte[] hash, Signed head, byte[] there, long dropped) {}

  List<Moved> moved(UUID beyond, int limit) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(MOVED)) {
      query.setObject(1, beyond == null ? LEAST : beyond);
      query.setInt(2, limit);
      List<Moved> moved = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          moved.add(
              new Moved(
                  row.getObject(1, UUID.class),
                  row.getLong(2),
                  row.getBytes(3),
                  row.getObject(4) == null ? null : signed(row, 4),
                  row.getBytes(10),
                  row.getLong(11)));
        }
      }
      return moved;
    }
  }

  void insert(List<Signed> heads) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      array(insert, 1, "uuid", heads, signed -> signed.head().tenantId());
      array(insert, 2, "bigint", heads, signed -> signed.head().seq());
      array(insert, 3, "bytea", heads, signed -> signed.head().hash());
      array(insert, 4, "text", heads, signed -> signed.head().signedAt().toString());
      array(insert, 5, "int", heads, Signed::keyId);
      array(insert, 6, "bytea", heads, Signed::signature);
      insert.executeUpdate();
    }
  }

  List<Signed> uncopied(int limit) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(UNCOPIED)) {
      query.setInt(1, limit);
      return heads(query);
    }
  }

  void copied(List<Signed> heads, Instant now) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(COPIED)) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      array(update, 2, "uuid", heads, signed -> signed.head().tenantId());
      array(update, 3, "bigint", heads, signed -> signed.head().seq());
      update.executeUpdate();
    }
  }

  /** Returns a tenant's heads beyond a number, lowest first; of all tenants where it is null. */
  public List<Signed> heads(UUID tenantId, Place beyond, int limit) throws SQLException {
    String sql =
        "select %s from platform.audit_head where (tenant_id, seq) > (?, ?)%s order by tenant_id, seq limit ?"
            .formatted(HEAD, tenantId == null ? "" : " and tenant_id = ?");
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      int index = 0;
      query.setObject(++index, beyond.tenantId());
      query.setLong(++index, beyond.seq());
      if (tenantId != null) {
        query.setObject(++index, tenantId);
      }
      query.setInt(++index, limit);
      return heads(query);
    }
  }

  /** Returns a tenant's checkpoint. */
  public Optional<Signed> checkpoint(UUID tenantId) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select %s from platform.audit_checkpoint where tenant_id = ?".formatted(HEAD))) {
      query.setObject(1, tenantId);
      return heads(query).stream().findFirst();
    }
  }

  /** Puts a tenant's checkpoint in the place of the former one. */
  public void putCheckpoint(Signed signed) throws SQLException {
    try (PreparedStatement put = connection.prepareStatement(CHECKPOINT)) {
      put.setObject(1, signed.head().tenantId());
      put.setLong(2, signed.head().seq());
      put.setBytes(3, signed.head().hash());
      put.setObject(4, signed.head().signedAt().atOffset(ZoneOffset.UTC));
      put.setInt(5, signed.keyId());
      put.setBytes(6, signed.signature());
      put.executeUpdate();
    }
  }

  /** Drops a tenant's heads up to an entry. */
  public void drop(UUID tenantId, long seq) throws SQLException {
    try (PreparedStatement drop =
        connection.prepareStatement(
            "delete from platform.audit_head where tenant_id = ? and seq <= ?")) {
      drop.setObject(1, tenantId);
      drop.setLong(2, seq);
      drop.executeUpdate();
    }
  }

  /** Leaves of copied heads of before a moment each day's last one of each chain. */
  public int thin(Instant before) throws SQLException {
    try (PreparedStatement thin = connection.prepareStatement(THIN)) {
      thin.setObject(1, before.atOffset(ZoneOffset.UTC));
      return thin.executeUpdate();
    }
  }

  /** Returns the tenants that have chains. */
  public List<UUID> chains() throws SQLException {
    List<UUID> tenants = new ArrayList<>();
    try (PreparedStatement query =
            connection.prepareStatement("select tenant_id from tenant.audit_chain order by 1");
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        tenants.add(row.getObject(1, UUID.class));
      }
    }
    return tenants;
  }

  private static List<Signed> heads(PreparedStatement query) throws SQLException {
    List<Signed> heads = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        heads.add(signed(row, 1));
      }
    }
    return heads;
  }

  private static Signed signed(ResultSet row, int first) throws SQLException {
    Head head =
        new Head(
            row.getObject(first, UUID.class),
            row.getLong(first + 1),
            row.getBytes(first + 2),
            row.getObject(first + 3, OffsetDateTime.class).toInstant());
    return new Signed(head, row.getInt(first + 4), row.getBytes(first + 5));
  }

  private void array(
      PreparedStatement statement,
      int index,
      String type,
      List<Signed> heads,
      Function<Signed, Object> value)
      throws SQLException {
    Object[] values =
        heads.stream().map(value).toArray(type.equals("bytea") ? byte[][]::new : Object[]::new);
    statement.setArray(index, connection.createArrayOf(type, values));
  }

  /** A place in the order of chains and entries. */
  public record Place(UUID tenantId, long seq) {

    /** Before everything. */
    public static final Place START = new Place(LEAST, 0);
  }
}
