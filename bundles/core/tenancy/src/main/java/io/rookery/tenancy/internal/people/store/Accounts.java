// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.store;

import io.rookery.api.people.Belonging;
import io.rookery.api.people.Role;
import io.rookery.api.people.User;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.SystemWork;
import io.rookery.persistence.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * People's accounts, and the pointers from a person to the tenants of which that person is a
 * member: written first, worthless without the membership, orphans swept.
 */
public final class Accounts {

  private static final String ADD =
      """
      insert into platform.user_account
        (id, email, email_key, name, password_hash, verified_at, created_at)
      values (?, ?, ?, ?, ?, ?, ?) on conflict (email_key) do nothing
      """;
  private static final String POINT =
      """
      insert into platform.membership_pointer (user_id, tenant_id, created_at)
      values (?, ?, ?) on conflict do nothing
      """;
  private static final String USER =
      "select u.id, u.email, u.name, u.verified_at is not null, u.totp_state = 'on', u.created_at,"
          + " u.password_hash, u.password_set_at";
  private static final String WITH_PLACES =
      USER
          + """
          , m.tenant_id, t.slug, m.role from platform.user_account u
          left join platform.membership_pointer p on p.user_id = u.id
          left join tenant.membership m on m.tenant_id = p.tenant_id and m.user_id = u.id
          left join tenant.tenant t on t.tenant_id = m.tenant_id and t.id = m.tenant_id
          where u.%s = ? order by m.created_at, m.id
          """;
  private static final String BELONGINGS =
      """
      select m.tenant_id, t.slug, t.name, m.role from platform.membership_pointer p
      join tenant.membership m on m.tenant_id = p.tenant_id and m.user_id = p.user_id
      join tenant.tenant t on t.tenant_id = m.tenant_id and t.id = m.tenant_id
      where p.user_id = ? order by m.created_at, m.id
      """;
  private static final String BY_ID =
      USER + " from platform.user_account u where u.id = any(?::uuid[])";
  private static final String LOCK_SEEN =
      """
      select from platform.user_account
      where id = ? and password_set_at is not distinct from ? for update
      """;
  private static final String VERIFIED =
      """
      update platform.user_account set verified_at = coalesce(verified_at, ?)
      where id = ? and email_key = ?
      """;
  private static final String NO_MEMBERSHIP =
      " and not exists (select from tenant.membership m"
          + " where m.tenant_id = p.tenant_id and m.user_id = p.user_id)";
  private static final String UNPOINT =
      "delete from platform.membership_pointer p where p.user_id = ? and p.tenant_id = ?"
          + NO_MEMBERSHIP;
  private static final String SWEEP_POINTERS =
      "delete from platform.membership_pointer p where p.created_at < ?" + NO_MEMBERSHIP;
  private static final String NOWHERE =
      " and not exists" + " (select from platform.membership_pointer p where p.user_id = u.id)";
  private static final String DELETE = "with gone as (delete from platform.user_account u where ";

  /** The secret of a second factor goes from the store with its account. */
  private static final String WITH_SECRET =
      """
       returning u.totp_secret), departed as (
        insert into platform.departed_secret (id, due_at)
        select totp_secret, 'epoch' from gone where totp_secret is not null on conflict do nothing)
      select count(*) from gone""";

  private static final String REMOVE = DELETE + "u.id = ?" + NOWHERE + WITH_SECRET;
  private static final String SWEEP = DELETE + "u.created_at < ?" + NOWHERE + WITH_SECRET;

  private final Transactions transactions;

  /** Works through the platform's transactions. */
  public Accounts(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Adds an account with a pointer to a tenant; returns whether the address had none yet.
   *
   * @param key the address as accounts are told apart by it
   */
  public boolean add(User user, String key, String passwordHash, UUID tenantId) {
    return call(
        connection -> {
          int added =
              Sql.update(
                  connection,
                  ADD,
                  user.id(),
                  user.email(),
                  key,
                  user.name(),
                  passwordHash,
                  user.emailVerified() ? user.createdAt() : null,
                  user.createdAt());
          if (added == 1) {
            Sql.update(connection, POINT, user.id(), tenantId, user.createdAt());
          }
          return added == 1;
        });
  }

  /** Adds a pointer from an account that there is to a tenant. */
  public void point(UUID userId, UUID tenantId, Instant now) {
    call(connection -> Sql.update(connection, POINT, userId, tenantId, now));
  }

  /** Takes back the pointer to a tenant, and the account where no other is left. */
  public void leave(UUID userId, UUID tenantId) {
    call(
        connection ->
            Sql.update(connection, UNPOINT, userId, tenantId)
                + removed(connection, REMOVE, userId));
  }

  /** Returns the account of an address with the places of its person, in one look. */
  public Optional<Account> find(String key) {
    return call(connection -> find(connection, "email_key", key));
  }

  /** Returns an account by its id with the places of its person, in one look. */
  public Optional<Account> find(UUID userId) {
    return call(connection -> find(connection, "id", userId));
  }

  private static Optional<Account> find(Connection connection, String by, Object value)
      throws SQLException {
    List<Place> places = new ArrayList<>();
    List<Account> found =
        Sql.list(
            connection,
            WITH_PLACES.formatted(by),
            row -> {
              if (row.getString(11) != null) {
                places.add(
                    new Place(row.getObject(9, UUID.class), row.getString(10), role(row, 11)));
              }
              return new Account(user(row), row.getString(7), Sql.instant(row, 8), List.of());
            },
            value);
    return found.stream()
        .findFirst()
        .map(
            account ->
                new Account(
                    account.user(), account.passwordHash(), account.passwordSetAt(), places));
  }

  /** Returns where a person is a member, the tenants joined first first. */
  public List<Belonging> belongings(UUID userId) {
    return call(connection -> belongings(connection, userId));
  }

  static List<Belonging> belongings(Connection connection, UUID userId) throws SQLException {
    return Sql.list(
        connection,
        BELONGINGS,
        row ->
            new Belonging(
                row.getObject(1, UUID.class), row.getString(2), row.getString(3), role(row, 4)),
        userId);
  }

  /** Returns people by their ids. */
  public Map<UUID, User> users(Collection<UUID> ids) {
    String array = ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    return call(connection -> Sql.list(connection, BY_ID, Accounts::user, array)).stream()
        .collect(Collectors.toMap(User::id, Function.identity()));
  }

  /** Notes that somebody reads what is mailed to an account's address, if that still has it. */
  public void verify(UUID userId, String key, Instant now) {
    call(connection -> verified(connection, userId, key, now));
  }

  /** Keeps an account as it is until the transaction ends; returns whether there is one. */
  static boolean lock(Connection connection, UUID userId) throws SQLException {
    return Sql.first(
            connection,
            "select from platform.user_account where id = ? for update",
            row -> true,
            userId)
        .isPresent();
  }

  /** Does the same; returns whether the account has the password still that was seen right. */
  static boolean lock(Connection connection, Seen seen) throws SQLException {
    return Sql.first(connection, LOCK_SEEN, row -> true, seen.userId(), seen.passwordSetAt())
        .isPresent();
  }

  /** Notes that an account's address was verified; returns whether the account still has it. */
  static boolean verified(Connection connection, UUID userId, String key, Instant now)
      throws SQLException {
    return Sql.update(connection, VERIFIED, now, userId, key) == 1;
  }

  /** Replaces the hash of a password by one of the same password at another cost. */
  public void rehash(UUID userId, String before, String after) {
    call(
        connection ->
            Sql.update(
                connection,
                "update platform.user_account set password_hash = ?"
                    + " where id = ? and password_hash = ?",
                after,
                userId,
                before));
  }

  /** Removes pointers of before a moment that lead nowhere, and accounts without any. */
  public int sweep(Instant before) {
    return call(
        connection ->
            Sql.update(connection, SWEEP_POINTERS, before) + removed(connection, SWEEP, before));
  }

  private static int removed(Connection connection, String sql, Object value) throws SQLException {
    return Sql.first(connection, sql, row -> row.getInt(1), value).orElse(0);
  }

  private static User user(ResultSet row) throws SQLException {
    return new User(
        row.getObject(1, UUID.class),
        row.getString(2),
        row.getString(3),
        row.getBoolean(4),
        row.getBoolean(5),
        Sql.instant(row, 6));
  }

  static Role role(ResultSet row, int column) throws SQLException {
    return Role.valueOf(row.getString(column).toUpperCase(Locale.ROOT));
  }

  private <R> R call(SystemWork<R> work) {
    return transactions.system(SystemPurpose.PEOPLE, work);
  }
}
