// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.store;

import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.SystemWork;
import io.rookery.persistence.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Secrets of second factors that are to go from the secret store. It cannot take part in a
 * transaction and may be sealed, so what is to go is noted with whatever lets go of it, and gone
 * for later.
 */
public final class DepartedSecrets {

  private static final String NOTE =
      "insert into platform.departed_secret (id, due_at) values (?, ?) on conflict do nothing";
  private static final String DUE =
      """
      select d.id from platform.departed_secret d where d.due_at <= ?
        and not exists (select from platform.user_account u where u.totp_secret = d.id)
      order by d.due_at limit ?
      """;

  private final Transactions transactions;

  /** Works through the platform's transactions. */
  public DepartedSecrets(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Notes a secret that is about to be written, in case nothing comes to refer to it. */
  public void expect(UUID id, Instant due) {
    call(connection -> Sql.update(connection, NOTE, id, due));
  }

  /** Notes a secret that nothing refers to any more; nothing where it is null. */
  static void note(Connection connection, UUID id, Instant due) throws SQLException {
    if (id != null) {
      Sql.update(connection, NOTE, id, due);
    }
  }

  /** Forgets a secret that is referred to now, or is gone. */
  static void forget(Connection connection, UUID id) throws SQLException {
    Sql.update(connection, "delete from platform.departed_secret where id = ?", id);
  }

  /** Returns secrets that are due to go and that no account refers to. */
  public List<UUID> due(Instant now, int limit) {
    return call(
        connection -> Sql.list(connection, DUE, row -> row.getObject(1, UUID.class), now, limit));
  }

  /** Forgets a secret that is gone. */
  public void gone(UUID id) {
    call(
        connection -> {
          forget(connection, id);
          return null;
        });
  }

  private <R> R call(SystemWork<R> work) {
    return transactions.system(SystemPurpose.PEOPLE, work);
  }
}
