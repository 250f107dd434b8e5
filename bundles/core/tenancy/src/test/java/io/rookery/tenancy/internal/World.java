// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rookery.api.tenancy.ApiKeyService.CreatedKey;
import io.rookery.api.tenancy.ApiKeyService.NewApiKey;
import io.rookery.api.tenancy.Scope;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService.NewTenant;
import io.rookery.events.EventLog;
import io.rookery.events.internal.EventLogService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.tenancy.internal.TenantServiceImpl.Neighbours;
import io.rookery.tenancy.internal.plan.Standings;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The whole of tenancy on a test database, as one node has it. */
public final class World {

  static final Set<Scope> ALL = EnumSet.allOf(Scope.class);

  public final MovableClock clock = new MovableClock();
  public final EventLog log;
  final Peppers peppers = new Peppers();
  public final TestDatabase database;
  public final Transactions transactions;
  public final OperatorTenant operator;
  public final TenantServiceImpl tenants;
  public final ApiKeyServiceImpl keys;
  public final Standings standings;
  public final TenantContext asOperator;

  /** Begins on a database. */
  public World(TestDatabase database) {
    this(database, new EventLogService(() -> 1, null));
  }

  World(TestDatabase database, EventLog log) {
    this.database = database;
    this.transactions = database.transactions();
    this.operator = new OperatorTenant(transactions, log, clock);
    Neighbours neighbours =
        new Neighbours(
            transactions, database.entityManagerFactory("tenancy"), log, database.epochs());
    this.tenants = new TenantServiceImpl(neighbours, operator, clock);
    this.keys = new ApiKeyServiceImpl(neighbours, peppers, clock);
    this.log = log;
    this.standings = Standings.of(operator, "unmetered");
    this.asOperator = tenants.operator(new Actor(Actor.Kind.OPERATOR, "shell"));
  }

  AuthenticatorImpl authenticator(Epochs epochs) {
    return new AuthenticatorImpl(
        new AuthenticatorImpl.Neighbours(transactions, epochs, peppers, operator, standings),
        limits(),
        clock,
        System::nanoTime);
  }

  static Limits limits() {
    return new Limits(300, 500, 6000, 6000, 1000);
  }

  /** Makes a tenant. */
  public Tenant newTenant() {
    String slug = "t-" + Uuids.next();
    return tenants.create(asOperator, new NewTenant("Name", slug, "Street 1\nTown"));
  }

  /** Returns a tenant's context. */
  public static TenantContext context(Tenant tenant) {
    return TenantContext.of(tenant.id(), Actor.system("somebody"));
  }

  CreatedKey newKey(TenantContext context, Scope... scopes) {
    return keys.create(context, key(Mode.LIVE, scopes), ALL);
  }

  static NewApiKey key(Mode mode, Scope... scopes) {
    return new NewApiKey("Key", Set.of(scopes), mode, null);
  }

  /** Asserts that a call fails by a code. */
  public static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatExceptionOfType(RookeryException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  /** Asserts that a call names a field. */
  public static void assertInvalid(String pointer, ThrowingCallable call) {
    assertThatExceptionOfType(RookeryException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.errors()).anyMatch(error -> error.pointer().equals(pointer)));
  }

  /** Returns the types and versions of a tenant's events. */
  public List<String> events(TenantContext context) {
    return transactions.call(
        context,
        tx -> {
          try (PreparedStatement query =
                  tx.connection()
                      .prepareStatement(
                          "select type || ' ' || subject_version from tenant.event order by id");
              ResultSet rows = query.executeQuery()) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
              found.add(rows.getString(1));
            }
            return found;
          }
        });
  }
}
