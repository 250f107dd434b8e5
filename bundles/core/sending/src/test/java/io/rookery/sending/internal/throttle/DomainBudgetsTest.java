// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.test.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DomainBudgetsTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("sending");

  private static final DomainCaps CAPS = DomainCaps.of("big.example=97,*=5");
  private static final String SERVER = "relay.example:587";

  private final Hands clock = new Hands(Instant.parse("2026-03-01T12:00:30Z"));
  private final DomainBudgets one = new DomainBudgets(DATABASE.transactions(), clock);
  private final DomainBudgets other = new DomainBudgets(DATABASE.transactions(), clock);

  @Test
  void twoNodesShouldTogetherSpendExactlyWhatAMinuteHas() throws Exception {
    for (int minute = 0; minute < 3; minute++) {
      assertThat(spentByAll("two.example:25")).isEqualTo(97);
      clock.pass(Duration.ofMinutes(1));
    }
  }

  private int spentByAll(String server) throws Exception {
    AtomicInteger spent = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        DomainBudgets node = i % 2 == 0 ? one : other;
        all.add(threads.submit(() -> spent.addAndGet(spendAll(node, server))));
      }
      for (Future<?> future : all) {
        future.get();
      }
    } finally {
      threads.shutdownNow();
    }
    return spent.get();
  }

  /** A lane that reserves for its claims and spends what it reserved, until there is no more. */
  private static int spendAll(DomainBudgets node, String server) {
    int spent = 0;
    while (true) {
      Allowance lane = new Allowance(node, server, CAPS);
      if (lane.reserve(Map.of("big.example", 7)).get("big.example") == 0) {
        return spent;
      }
      for (int i = 0; i < 3; i++) {
        spent += lane.spend("big.example") ? 1 : 0;
      }
      lane.giveBack();
    }
  }

  @Test
  void aPlaceShouldBeGoodForItsMinuteAlone() {
    Allowance lane = new Allowance(one, "late.example", CAPS);
    assertThat(lane.reserve(Map.of("small.example", 3))).containsEntry("small.example", 3);
    assertThat(lane.spend("small.example")).isTrue();
    clock.pass(Duration.ofSeconds(30));
    assertThat(lane.spend("small.example")).isFalse();
    assertThat(lane.reserve(Map.of("small.example", 9))).containsEntry("small.example", 5);
  }

  @Test
  void whatWasGrantedShouldCountAsSpent() {
    one.reserve(SERVER, Map.of("big.example", 90), CAPS, one.minute());
    // A node that dies takes what it was granted with it.
    Map<String, Integer> got =
        other.reserve(SERVER, Map.of("big.example", 90), CAPS, other.minute());
    assertThat(got.get("big.example")).isLessThanOrEqualTo(7);
  }

  @Test
  void serversAndDomainsShouldHaveBudgetsOfTheirOwn() {
    Map<String, Integer> wanted = Map.of("a.example", 10, "b.example", 10);
    assertThat(one.reserve("first", wanted, CAPS, one.minute()))
        .isEqualTo(Map.of("a.example", 5, "b.example", 5));
    assertThat(one.reserve("second", wanted, CAPS, one.minute()))
        .isEqualTo(Map.of("a.example", 5, "b.example", 5));
    assertThat(one.reserve("second", wanted, CAPS, one.minute()))
        .isEqualTo(Map.of("a.example", 0, "b.example", 0));
  }

  @Test
  void minutesThatAreOverShouldBeSweptAway() {
    one.reserve("swept", Map.of("a.example", 1), CAPS, one.minute());
    clock.pass(Duration.ofMinutes(5));
    one.sweep();
    int left =
        DATABASE
            .transactions()
            .system(
                SystemPurpose.DOMAIN_BUDGETS,
                system -> {
                  try (var rows =
                      system
                          .createStatement()
                          .executeQuery(
                              "select count(*) from platform.domain_budget where server = 'swept'")) {
                    rows.next();
                    return rows.getInt(1);
                  }
                });
    assertThat(left).isZero();
  }
}
