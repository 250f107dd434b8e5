// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.oauth;

import io.rookery.api.mailboxes.MailboxConsents.Consent;
import io.rookery.kernel.Tx;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** What the table of mailboxes says of consents; its other columns are left as they are. */
public final class ConsentStore {

  private static final Consent NONE = new Consent(null, null);

  /** Returns how a mailbox stands. */
  public Consent find(Tx tx, UUID id) throws SQLException {
    String sql =
        "select oauth_provider, consented_at from tenant.mailbox where tenant_id = ? and id = ?";
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, id);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return NONE;
        }
        Timestamp at = row.getTimestamp("consented_at");
        return new Consent(row.getString("oauth_provider"), at == null ? null : at.toInstant());
      }
    }
  }

  /**
   * Begins a consent, in place of one that was begun before; returns whether the mailbox is there.
   */
  boolean begin(Tx tx, UUID id, byte[] digest, String provider, Instant expiresAt)
      throws SQLException {
    String sql =
        """
        update tenant.mailbox set consent_digest = ?, consent_provider = ?, consent_expires_at = ?
        where tenant_id = ? and id = ? and removed_at is null
        """;
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setBytes(1, digest);
      update.setString(2, provider);
      update.setObject(3, expiresAt.atOffset(ZoneOffset.UTC));
      update.setObject(4, tx.context().tenantId());
      update.setObject(5, id);
      return update.executeUpdate() == 1;
    }
  }

  /**
   * Uses a consent up that was begun and returns its provider; empty where it is unknown, used up,
   * replaced or too old.
   */
  Optional<String> take(Tx tx, UUID id, byte[] digest, Instant now) throws SQLException {
    String sql =
        """
        select consent_provider, consent_expires_at from tenant.mailbox
        where tenant_id = ? and id = ? and consent_digest = ? and removed_at is null for update
        """;
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, id);
      select.setBytes(3, digest);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        String provider = row.getString("consent_provider");
        boolean inTime = row.getTimestamp("consent_expires_at").toInstant().isAfter(now);
        forget(tx, id);
        return inTime ? Optional.of(provider) : Optional.empty();
      }
    }
  }

  private static void forget(Tx tx, UUID id) throws SQLException {
    String sql =
        """
        update tenant.mailbox
        set consent_digest = null, consent_provider = null, consent_expires_at = null
        where tenant_id = ? and id = ?
        """;
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setObject(1, tx.context().tenantId());
      update.setObject(2, id);
      update.executeUpdate();
    }
  }

  /** Notes since when there is a consent, or with null that there is none any more. */
  public void note(Tx tx, UUID id, String provider, Instant consentedAt) throws SQLException {
    String sql =
        """
        update tenant.mailbox set oauth_provider = ?, consented_at = ?
        where tenant_id = ? and id = ?
        """;
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setString(1, provider);
      update.setObject(2, consentedAt == null ? null : consentedAt.atOffset(ZoneOffset.UTC));
      update.setObject(3, tx.context().tenantId());
      update.setObject(4, id);
      update.executeUpdate();
    }
  }
}
