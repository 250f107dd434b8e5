// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.store;

import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.SystemWork;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.key.KeyDigests.Peppered;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Second factors: where the secret stands, which steps were taken, and recovery codes. */
public final class Factors {

  private static final String FIND =
      "select totp_state, totp_secret from platform.user_account where id = ?";
  private static final String LOCK =
      "select totp_state, totp_secret from platform.user_account where id = ? for update";
  private static final String ENROL =
      """
      update platform.user_account set totp_state = 'pending', totp_secret = ?, totp_step = 0
      where id = ? and totp_state <> 'on'
      """;
  private static final String TAKE =
      """
      update platform.user_account set totp_step = ?
      where id = ? and totp_secret = ? and totp_state = ? and totp_step < ?
      """;
  private static final String CONFIRM =
      """
      update platform.user_account set totp_state = 'on', totp_step = ?
      where id = ? and totp_secret = ? and totp_state = 'pending'
      """;
  private static final String REMOVE =
      """
      update platform.user_account set totp_state = 'off', totp_secret = null, totp_step = 0
      where id = ? and totp_secret = ? and totp_state = 'on'
      """;
  private static final String ADD_CODE =
      "insert into platform.recovery_code (user_id, digest, key_id) values (?, ?, ?)";
  private static final String USE_CODE =
      "delete from platform.recovery_code where user_id = ? and digest = any(?)";
  private static final String DROP_CODES = "delete from platform.recovery_code where user_id = ?";

  private final Transactions transactions;

  /** Works through the platform's transactions. */
  public Factors(Transactions transactions) {
    this.transactions = transactions;
  }

  /** How far a second factor is. */
  public enum State {
    OFF,
    PENDING,
    ON
  }

  /**
   * A person's second factor.
   *
   * @param secret what its secret is found by in the store, or null
   */
  public record Factor(State state, UUID secret) {}

  /** Returns a person's second factor, or empty where there is no such person. */
  public Optional<Factor> find(UUID userId) {
    return call(connection -> Sql.first(connection, FIND, Factors::factor, userId));
  }

  private static Factor factor(ResultSet row) throws SQLException {
    return new Factor(
        State.valueOf(row.getString(1).toUpperCase(Locale.ROOT)), row.getObject(2, UUID.class));
  }

  /**
   * Notes a new secret that is to be confirmed; returns whether none was in use. One that was never
   * confirmed makes way, and is to go from the store.
   */
  public boolean enrol(UUID userId, UUID secret, Instant now) {
    return call(
        connection -> {
          Optional<Factor> before = Sql.first(connection, LOCK, Factors::factor, userId);
          boolean enrolled = Sql.update(connection, ENROL, secret, userId) == 1;
          if (enrolled) {
            DepartedSecrets.forget(connection, secret);
            DepartedSecrets.note(connection, before.map(Factor::secret).orElse(null), now);
          }
          return enrolled;
        });
  }

  /** Takes a code's step, once; returns whether nobody had taken it or a later one. */
  public boolean take(UUID userId, UUID secret, long step) {
    return call(connection -> Sql.update(connection, TAKE, step, userId, secret, "on", step)) == 1;
  }

  /** Takes a secret into use, with recovery codes; returns whether it was to be confirmed. */
  public boolean confirm(UUID userId, UUID secret, long step, List<Peppered> codes) {
    return call(
        connection -> {
          boolean confirmed = Sql.update(connection, CONFIRM, step, userId, secret) == 1;
          if (confirmed) {
            Sql.update(connection, DROP_CODES, userId);
            for (Peppered code : codes) {
              Sql.update(connection, ADD_CODE, userId, code.digest(), code.pepperId());
            }
          }
          return confirmed;
        });
  }

  /** Uses a recovery code up; returns whether it was one. */
  public boolean useCode(UUID userId, List<byte[]> digests) {
    return call(
            connection -> Sql.update(connection, USE_CODE, userId, digests.toArray(byte[][]::new)))
        == 1;
  }

  /** Ends the use of a secret, which is to go from the store; returns whether it was in use. */
  public boolean remove(UUID userId, UUID secret, Instant now) {
    return call(
        connection -> {
          Sql.update(connection, DROP_CODES, userId);
          boolean removed = Sql.update(connection, REMOVE, userId, secret) == 1;
          if (removed) {
            DepartedSecrets.note(connection, secret, now);
          }
          return removed;
        });
  }

  private <R> R call(SystemWork<R> work) {
    return transactions.system(SystemPurpose.PEOPLE, work);
  }
}
