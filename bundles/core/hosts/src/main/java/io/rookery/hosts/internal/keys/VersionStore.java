// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.keys;

import static io.rookery.hosts.internal.keys.KeyStore.constant;
import static io.rookery.hosts.internal.keys.KeyStore.instant;
import static io.rookery.hosts.internal.keys.KeyStore.time;
import static io.rookery.hosts.internal.keys.KeyStore.word;

import io.rookery.api.hosts.SshKey.Version;
import io.rookery.api.hosts.SshKey.VersionState;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The table of the pairs that keys have had. */
final class VersionStore {

  /** Returns a key's pairs, the newest first. */
  List<Version> of(Tx tx, UUID keyId) throws SQLException {
    String sql =
        """
        select number, state, public_key, fingerprint, created_at, retire_at, ended_at,
               downloaded_at, incident_id
        from tenant.host_key_version where tenant_id = ? and key_id = ? order by number desc
        """;
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, keyId);
      try (ResultSet row = select.executeQuery()) {
        List<Version> versions = new ArrayList<>();
        while (row.next()) {
          versions.add(
              new Version(
                  row.getInt("number"),
                  VersionState.valueOf(constant(row, "state")),
                  row.getString("public_key"),
                  row.getString("fingerprint"),
                  instant(row, "created_at"),
                  instant(row, "retire_at"),
                  instant(row, "ended_at"),
                  instant(row, "downloaded_at"),
                  row.getString("incident_id")));
        }
        return versions;
      }
    }
  }

  void insert(Tx tx, UUID keyId, Version version) throws SQLException {
    String sql =
        """
        insert into tenant.host_key_version (tenant_id, id, key_id, number, state, public_key,
          fingerprint, created_at) values (?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = tx.connection().prepareStatement(sql)) {
      insert.setObject(1, tx.context().tenantId());
      insert.setObject(2, Uuids.next());
      insert.setObject(3, keyId);
      insert.setInt(4, version.number());
      insert.setString(5, word(version.state()));
      insert.setString(6, version.publicKey());
      insert.setString(7, version.fingerprint());
      insert.setObject(8, time(version.createdAt()));
      insert.executeUpdate();
    }
  }

  /** Moves a pair on; the time is that of the end of its grace, or of its own end. */
  void move(Tx tx, UUID keyId, int number, VersionState state, Instant at) throws SQLException {
    String column = state == VersionState.GRACE ? "retire_at" : "ended_at";
    String sql =
        "update tenant.host_key_version set state = ?, %s = ?".formatted(column)
            + " where tenant_id = ? and key_id = ? and number = ?";
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setString(1, word(state));
      update.setObject(2, time(at));
      update.setObject(3, tx.context().tenantId());
      update.setObject(4, keyId);
      update.setInt(5, number);
      update.executeUpdate();
    }
  }

  /** Marks pairs that may still be let in as compromised, and ends what grace they have. */
  void compromised(Tx tx, UUID keyId, String incidentId, Instant now) throws SQLException {
    String sql =
        """
        update tenant.host_key_version
        set incident_id = ?, retire_at = case when state = 'grace' then ?::timestamptz end
        where tenant_id = ? and key_id = ? and state in ('current', 'grace')
        """;
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setString(1, incidentId);
      update.setObject(2, time(now));
      update.setObject(3, tx.context().tenantId());
      update.setObject(4, keyId);
      update.executeUpdate();
    }
  }

  /** Records that a private half is shown; returns whether it never was before. */
  boolean downloaded(Tx tx, UUID keyId, int number, Instant at) throws SQLException {
    String sql =
        """
        update tenant.host_key_version set downloaded_at = ?
        where tenant_id = ? and key_id = ? and number = ? and downloaded_at is null
        """;
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setObject(1, time(at));
      update.setObject(2, tx.context().tenantId());
      update.setObject(3, keyId);
      update.setInt(4, number);
      return update.executeUpdate() == 1;
    }
  }
}
