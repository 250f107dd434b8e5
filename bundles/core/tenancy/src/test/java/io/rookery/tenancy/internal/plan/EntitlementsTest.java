// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.plan;

import static io.rookery.tenancy.internal.World.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.Entitlements;
import io.rookery.api.plans.Subscription.Allowed;
import io.rookery.kernel.RookeryException;
import io.rookery.persistence.test.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a plan gives, and what is refused beyond it. */
class EntitlementsTest extends PlanFixture {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  EntitlementsTest() {
    super(DATABASE);
  }

  @Test
  void whatThePlanDoesNotGiveShouldBeRefusedInWordsThatHelp() {
    assign("starter");
    for (int i = 0; i < 5; i++) {
      make(tenant, Entitlement.DOMAINS);
    }
    assertThatThrownBy(() -> make(tenant, Entitlement.DOMAINS))
        .isInstanceOfSatisfying(
            RookeryException.class,
            e -> {
              assertThat(e.code().name()).isEqualTo("plan_limit_reached");
              assertThat(e.code().kind().status()).isEqualTo(409);
            })
        .hasMessageContainingAll("Starter", "allows 5 domains", "would make 6", "higher plan");
    make(tenant, Entitlement.USERS);
    assertThat(allowed(Entitlement.DOMAINS))
        .isEqualTo(new Allowed(Entitlement.DOMAINS, 5L, 5L, false));
    assertThat(allowed(Entitlement.WORKSPACES).used()).isNull();
  }

  @Test
  void ofManyMakersAtALimitThoseThatFitShouldWin() throws Exception {
    assign("starter");
    make(tenant, Entitlement.DOMAINS);
    make(tenant, Entitlement.DOMAINS);
    make(tenant, Entitlement.DOMAINS);
    make(tenant, Entitlement.DOMAINS);
    AtomicInteger refused = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      CompletableFuture<?>[] makers =
          IntStream.range(0, 6)
              .mapToObj(i -> CompletableFuture.runAsync(() -> tryToMake(start, refused), threads))
              .toArray(CompletableFuture[]::new);
      start.countDown();
      CompletableFuture.allOf(makers).get(30, TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow();
    }
    assertThat(refused).hasValue(5);
    assertThat(allowed(Entitlement.DOMAINS).used()).isEqualTo(5);
  }

  @Test
  void secondMakerShouldWaitForTheFirstAndCountWhatItMade() throws Exception {
    assign("starter");
    subscriptions.override(world.asOperator, id, Entitlement.DOMAINS, 1L);
    AtomicInteger refused = new AtomicInteger();
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      CompletableFuture<Void> second =
          world.transactions.call(
              tenant,
              tx -> {
                make(tx, Entitlement.DOMAINS);
                CompletableFuture<Void> begun =
                    CompletableFuture.runAsync(
                        () -> tryToMake(new CountDownLatch(0), refused), other);
                awaitWaiting(begun);
                return begun;
              });
      second.get(30, TimeUnit.SECONDS);
    } finally {
      other.shutdownNow();
    }
    assertThat(refused).hasValue(1);
    assertThat(allowed(Entitlement.DOMAINS).used()).isEqualTo(1);
  }

  /** Waits until somebody waits for a lock, or the other has ended without. */
  private static void awaitWaiting(CompletableFuture<Void> other) throws SQLException {
    try (Connection owner = DATABASE.owner();
        PreparedStatement query =
            owner.prepareStatement(
                "select count(*) from pg_locks where locktype = 'advisory' and not granted")) {
      long waiting = 0;
      while (waiting == 0 && !other.isDone()) {
        try (ResultSet row = query.executeQuery()) {
          row.next();
          waiting = row.getLong(1);
        }
      }
    }
  }

  private void tryToMake(CountDownLatch start, AtomicInteger refused) {
    try {
      start.await();
      make(tenant, Entitlement.DOMAINS);
    } catch (RookeryException e) {
      assertThat(e.code()).isEqualTo(Entitlements.LIMIT_REACHED);
      refused.incrementAndGet();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void operatorsLimitShouldStandInPlaceOfThePlans() {
    assign("starter");
    subscriptions.override(world.asOperator, id, Entitlement.DOMAINS, 1L);
    subscriptions.override(world.asOperator, id, Entitlement.DOMAINS, 1L);
    make(tenant, Entitlement.DOMAINS);
    assertThatThrownBy(() -> make(tenant, Entitlement.DOMAINS))
        .hasMessageContainingAll("operator's setting", "Starter", "allows 1 domains");
    subscriptions.override(world.asOperator, id, Entitlement.DOMAINS, null);
    assertThat(allowed(Entitlement.DOMAINS))
        .isEqualTo(new Allowed(Entitlement.DOMAINS, null, 1L, true));
    make(tenant, Entitlement.DOMAINS);
    subscriptions.removeOverride(world.asOperator, id, Entitlement.DOMAINS);
    subscriptions.removeOverride(world.asOperator, id, Entitlement.DOMAINS);
    assertThat(allowed(Entitlement.DOMAINS).limit()).isEqualTo(5);
    assertThat(world.events(tenant))
        .endsWith(
            "entitlement.overridden 0",
            "entitlement.overridden 0",
            "entitlement.override_removed 0");
    assertThat(world.events(world.asOperator)).contains("entitlement.overridden 0");
    assertInvalid(
        "/limit",
        () -> subscriptions.override(world.asOperator, id, Entitlement.REQUEST_BURST, null));
    assertInvalid(
        "/limit", () -> subscriptions.override(world.asOperator, id, Entitlement.USERS, -1L));
  }
}
