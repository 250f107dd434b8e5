// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.store;

import io.rookery.api.people.Role;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What an access token stands for, read in one look. */
public final class AccessTokens {

  private static final String LOAD =
      """
      select s.id, s.user_id, s.tenant_id, m.role, n.status, t.expires_at,
        m.workspace_ids
      from platform.session_token t
      join platform.user_session s on s.id = t.session_id
      join tenant.membership m on m.tenant_id = s.tenant_id and m.user_id = s.user_id
      join tenant.tenant n on n.tenant_id = s.tenant_id and n.id = s.tenant_id
      where t.digest = any(?) and t.kind = 'access' and s.ended_at is null
      """;

  private final Transactions transactions;

  /** Works through the platform's transactions. */
  public AccessTokens(Transactions transactions) {
    this.transactions = transactions;
  }

  /** A token of a session that goes on, of a person who is a member. */
  public record Access(
      UUID sessionId,
      UUID userId,
      UUID tenantId,
      Role role,
      boolean suspended,
      Instant expiresAt,
      Set<UUID> workspaces) {}

  /** Returns what a token stands for, or empty. */
  public Optional<Access> find(List<byte[]> digests) {
    return transactions.system(
        SystemPurpose.PEOPLE,
        connection ->
            Sql.first(
                connection, LOAD, AccessTokens::access, (Object) digests.toArray(byte[][]::new)));
  }

  private static Access access(ResultSet row) throws SQLException {
    return new Access(
        row.getObject(1, UUID.class),
        row.getObject(2, UUID.class),
        row.getObject(3, UUID.class),
        Accounts.role(row, 4),
        row.getString(5).equals("suspended"),
        Sql.instant(row, 6),
        Memberships.workspaces(row, 7));
  }
}
