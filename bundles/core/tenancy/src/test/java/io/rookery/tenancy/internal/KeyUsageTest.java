// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import static io.rookery.tenancy.internal.World.ALL;
import static io.rookery.tenancy.internal.World.assertFails;
import static io.rookery.tenancy.internal.World.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.tenancy.ApiKeyService.CreatedKey;
import io.rookery.api.tenancy.Authenticator.Caller;
import io.rookery.api.tenancy.KeyUsage;
import io.rookery.api.tenancy.KeyUsage.Day;
import io.rookery.api.tenancy.KeyUsage.Operation;
import io.rookery.api.tenancy.Scope;
import io.rookery.kernel.Actor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.tenancy.internal.auth.CallCounts;
import io.rookery.tenancy.internal.store.UsageRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KeyUsageTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  private World world;
  private TenantContext tenant;
  private CreatedKey made;
  private Caller caller;

  @BeforeEach
  void begin() {
    world = new World(DATABASE);
    tenant = World.context(world.newTenant());
    made = world.newKey(tenant, Scope.CONTACTS);
    caller = caller(tenant, made);
  }

  private static Caller caller(TenantContext tenant, CreatedKey key) {
    return new Caller(tenant.tenantId(), key.id(), Set.of(), Mode.LIVE, false, false);
  }

  private CallCounts node(int most) {
    return new CallCounts(new UsageRows(world.transactions), most);
  }

  private KeyUsage usage() {
    return world.keys.usage(tenant, made.id());
  }

  private long calls() {
    return usage().days().stream().mapToLong(Day::calls).sum();
  }

  @Test
  void callsOfAllNodesShouldAddUpByDayAndOperation() {
    AuthenticatorImpl here = world.authenticator(DATABASE.epochs());
    AuthenticatorImpl elsewhere = world.authenticator(DATABASE.epochs());
    here.count(caller, "listContacts");
    here.count(caller, "listContacts");
    elsewhere.count(caller, "createContact");
    assertThat(calls()).isZero();
    here.tidy();
    elsewhere.close();
    world.clock.move(Duration.ofDays(1));
    here.count(caller, "listContacts");
    here.close();
    KeyUsage usage = usage();
    assertThat(usage.days()).hasSize(30);
    assertThat(usage.days().subList(28, 30))
        .containsExactly(new Day(TODAY, 3), new Day(TODAY.plusDays(1), 1));
    assertThat(usage.operations())
        .containsExactly(new Operation("listContacts", 3), new Operation("createContact", 1));
  }

  @Test
  void aFlushShouldBeOneStatementForAllTenantsAndNoneWithoutCalls() {
    CountingTransactions counting = new CountingTransactions(world.transactions);
    CallCounts counts = new CallCounts(new UsageRows(counting), 1000);
    for (int i = 0; i < 5; i++) {
      TenantContext other = World.context(world.newTenant());
      counts.count(caller(other, world.newKey(other, Scope.CONTACTS)), "listContacts", TODAY);
    }
    counts.flush();
    counts.flush();
    assertThat(counting.calls()).isEqualTo(1);
  }

  @Test
  void nothingShouldBeLostBetweenThreadsThatCountAndFlush() {
    CallCounts one = node(1000);
    CallCounts two = node(1000);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      CompletableFuture.allOf(
              IntStream.range(0, 6)
                  .mapToObj(
                      i -> CompletableFuture.runAsync(() -> busy(i % 2 == 0 ? one : two), threads))
                  .toArray(CompletableFuture[]::new))
          .join();
    } finally {
      threads.shutdown();
    }
    one.flush();
    two.flush();
    assertThat(calls()).isEqualTo(6 * 2000);
  }

  private void busy(CallCounts counts) {
    for (int i = 0; i < 2000; i++) {
      counts.count(caller, "operation" + i % 7, TODAY);
      if (i % 200 == 0) {
        counts.flush();
      }
    }
  }

  @Test
  void countersShouldBeBoundedAndSurviveADatabaseThatIsAway() {
    CuttableTransactions cuttable = new CuttableTransactions(world.transactions);
    CallCounts counts = new CallCounts(new UsageRows(cuttable), 2);
    cuttable.cut = true;
    counts.count(caller, "a", TODAY);
    counts.flush();
    counts.count(caller, "b", TODAY);
    counts.count(caller, "c", TODAY);
    counts.count(caller, "a", TODAY);
    counts.flush();
    cuttable.cut = false;
    counts.flush();
    assertThat(usage().operations()).containsExactly(new Operation("a", 2), new Operation("b", 1));
  }

  @Test
  void whoIsNoKeyShouldLeaveNoRowAndHoldNobodyUp() {
    CallCounts counts = node(1000);
    counts.count(
        new Caller(tenant.tenantId(), Uuids.next(), Set.of(), Mode.LIVE, false, false),
        "listContacts",
        TODAY);
    counts.count(caller, "listContacts", TODAY);
    counts.flush();
    assertThat(calls()).isEqualTo(1);
  }

  @Test
  void oldDaysShouldBeRemoved() throws SQLException {
    CallCounts counts = node(1000);
    counts.count(caller, "listContacts", TODAY.minusDays(29));
    counts.count(caller, "listContacts", TODAY.minusDays(30));
    counts.flush();
    assertThat(calls()).isEqualTo(1);
    new UsageSweep(world.transactions, world.clock).run();
    assertThat(calls()).isEqualTo(1);
    try (Connection owner = DATABASE.owner();
        Statement query = owner.createStatement();
        var rows =
            query.executeQuery(
                "select count(*) from tenant.api_key_usage where key_id = '" + made.id() + "'")) {
      rows.next();
      assertThat(rows.getLong(1)).isEqualTo(1);
    }
  }

  @Test
  void usageShouldBeTheTenantsAloneAndStayWithARevokedKey() {
    CallCounts counts = node(1000);
    counts.count(caller, "listContacts", TODAY);
    counts.flush();
    world.keys.revoke(tenant, made.id());
    assertThat(calls()).isEqualTo(1);
    TenantContext stranger = World.context(world.newTenant());
    assertFails(CommonErrors.NOT_FOUND, () -> world.keys.usage(stranger, made.id()));
    TenantContext test =
        new TenantContext(
            tenant.tenantId(), Actor.system("test"), "r", null, TenantContext.Mode.TEST);
    assertFails(CommonErrors.NOT_FOUND, () -> world.keys.usage(test, made.id()));
    CreatedKey testKey = world.keys.create(tenant, key(Mode.TEST, Scope.CONTACTS), ALL);
    assertThat(world.keys.usage(test, testKey.id()).operations()).isEqualTo(List.of());
  }

  @Test
  void tenantsShouldNotSeeOthersRowsNorThePlatformMoreThanItNeeds() throws SQLException {
    CallCounts counts = node(1000);
    counts.count(caller, "listContacts", TODAY);
    counts.flush();
    try (Connection system = DATABASE.asSystem();
        Statement statement = system.createStatement()) {
      assertThatThrownBy(() -> statement.execute("update tenant.api_key_usage set operation = 'x'"))
          .hasMessageContaining("permission denied");
    }
  }
}
