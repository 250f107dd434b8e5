// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rookery.api.tenancy.Authenticator.Allowance;
import io.rookery.kernel.RookeryException;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.tenancy.internal.store.BucketRows;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes on one database, by a clock that is driven: each hears of the others once a second. */
class SharedBucketsTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  private static final OffsetDateTime BEGIN =
      OffsetDateTime.of(2026, 11, 23, 22, 0, 0, 0, ZoneOffset.UTC);
  private static final Rate STARTER = new Rate(60, 100);
  private static final int STEP_MILLIS = 20;

  private final UUID key = UUID.randomUUID();
  private final List<Node> nodes = new ArrayList<>();
  private long millis;

  @BeforeEach
  void clear() throws SQLException {
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement()) {
      statement.execute("truncate platform.key_bucket, platform.key_node");
    }
  }

  private Node node() {
    Node node = new Node();
    nodes.add(node);
    return node;
  }

  /** Each node is at its own place within the second when it tells and hears. */
  private void pass(Duration time, Runnable asking) {
    long end = millis + time.toMillis();
    while (millis < end) {
      millis += STEP_MILLIS;
      for (int i = 0; i < nodes.size(); i++) {
        if ((millis + i * 340L) % 1000 < STEP_MILLIS) {
          nodes.get(i).tick();
        }
      }
      asking.run();
    }
  }

  /** Returns how many of the requests of a minute, 50 a second at each of these, are admitted. */
  private int overload(Duration time, Rate rate, Node... asked) {
    int[] admitted = new int[1];
    pass(
        time,
        () -> {
          for (Node node : asked) {
            admitted[0] += node.take(rate).admitted() ? 1 : 0;
          }
        });
    return admitted[0];
  }

  private void settle() {
    pass(Duration.ofSeconds(3), () -> {});
  }

  @ParameterizedTest
  @CsvSource({"60,100", "300,500", "1000,2000"})
  void twoNodesInSteadyOverloadShouldAdmitTheRateOfOne(int perMinute, int burst) {
    Node one = node();
    Node two = node();
    Rate rate = new Rate(perMinute, burst);
    settle();
    int first = overload(Duration.ofMinutes(1), rate, one, two);
    assertThat(first).isBetween(burst + perMinute * 9 / 10, burst + perMinute * 11 / 10);
    for (int minute = 0; minute < 3; minute++) {
      int admitted = overload(Duration.ofMinutes(1), rate, one, two);
      assertThat((double) admitted).isCloseTo(perMinute, within(perMinute * 0.1));
    }
    assertThat(one.admitted).isGreaterThan(two.admitted / 2);
    assertThat(two.admitted).isGreaterThan(one.admitted / 2);
  }

  @Test
  void unevenLoadShouldLeaveTheBusyNodeWhatTheOtherDoesNotTake() {
    Node busy = node();
    Node calm = node();
    settle();
    overload(Duration.ofMinutes(3), new Rate(300, 500), busy, calm);
    int[] admitted = new int[2];
    int[] step = new int[1];
    pass(
        Duration.ofMinutes(1),
        () -> {
          admitted[0] += busy.take(new Rate(300, 500)).admitted() ? 1 : 0;
          if (step[0]++ % 100 == 0) {
            admitted[1] += calm.take(new Rate(300, 500)).admitted() ? 1 : 0;
          }
        });
    assertThat((double) admitted[0] + admitted[1]).isCloseTo(300, within(30.0));
    assertThat(admitted[1]).isGreaterThan(25);
  }

  @Test
  void keyUsedOnOneNodeAloneShouldHaveItsWholeRate() {
    Node one = node();
    node();
    settle();
    int first = overload(Duration.ofMinutes(1), STARTER, one);
    assertThat(first).isBetween(144, 176);
    assertThat((double) overload(Duration.ofMinutes(1), STARTER, one)).isCloseTo(60, within(6.0));
  }

  @Test
  void nodeThatIsAloneShouldAdmitTheWholeBurstAtOnce() {
    Node one = node();
    settle();
    assertThat(IntStream.range(0, 200).filter(i -> one.take(STARTER).admitted()).count())
        .isEqualTo(100);
  }

  @Test
  void twoNodesShouldNotAdmitABurstTwiceEvenBeforeTheyHearOfEachOther() {
    Node one = node();
    Node two = node();
    settle();
    int admitted = 0;
    for (int i = 0; i < 200; i++) {
      admitted += one.take(STARTER).admitted() ? 1 : 0;
      admitted += two.take(STARTER).admitted() ? 1 : 0;
    }
    assertThat(admitted).isBetween(98, 102);
  }

  @Test
  void nodeThatDiesShouldGiveItsShareBackWithinSeconds() {
    Node one = node();
    Node two = node();
    settle();
    overload(Duration.ofMinutes(3), STARTER, one, two);
    two.dead = true;
    pass(Duration.ofSeconds(6), () -> {});
    assertThat((double) overload(Duration.ofMinutes(1), STARTER, one)).isCloseTo(66, within(6.0));
    pass(Duration.ofMinutes(3), () -> {});
    assertThat(IntStream.range(0, 200).filter(i -> one.take(STARTER).admitted()).count())
        .as("the whole burst again")
        .isEqualTo(100);
  }

  @Test
  void nodeThatStopsShouldLeaveAtOnceAndTakeNothingWithIt() {
    Node one = node();
    Node two = node();
    settle();
    for (int i = 0; i < 50; i++) {
      two.take(STARTER);
    }
    two.dead = true;
    two.exchange.close();
    pass(Duration.ofSeconds(1), () -> {});
    assertThat(IntStream.range(0, 200).filter(i -> one.take(STARTER).admitted()).count())
        .isBetween(50L, 53L);
  }

  @Test
  void nodeThatJoinsShouldKnowWhatIsLeft() {
    Node one = node();
    settle();
    overload(Duration.ofMinutes(3), STARTER, one);
    Node two = node();
    assertThat((double) overload(Duration.ofMinutes(1), STARTER, one, two))
        .isCloseTo(60, within(6.0));
  }

  @Test
  void nodesThatCannotHearShouldKeepToTheirPartsAndMakeUpLater() {
    Node one = node();
    Node two = node();
    settle();
    overload(Duration.ofMinutes(3), STARTER, one, two);
    one.cut = true;
    two.cut = true;
    assertThat((double) overload(Duration.ofMinutes(1), STARTER, one, two))
        .isCloseTo(60, within(6.0));
    one.cut = false;
    two.cut = false;
    assertThat((double) overload(Duration.ofMinutes(1), STARTER, one, two))
        .isCloseTo(60, within(6.0));
  }

  @Test
  void nodeWhoseExchangeHangsShouldGoOnWithItsPart() {
    Node one = node();
    Node two = node();
    settle();
    overload(Duration.ofMinutes(3), STARTER, one, two);
    one.dead = true;
    two.dead = true;
    assertThat((double) overload(Duration.ofMinutes(1), STARTER, one, two))
        .isCloseTo(60, within(6.0));
  }

  @Test
  void refusalsShouldSayWhenToComeBack() {
    Node one = node();
    Node two = node();
    settle();
    overload(Duration.ofMinutes(3), STARTER, one, two);
    Allowance refused = null;
    for (int i = 0; i < 3; i++) {
      refused = one.take(STARTER);
    }
    assertThat(refused.admitted()).isFalse();
    assertThat(refused.quota()).isEqualTo(60);
    assertThat(refused.remaining()).isZero();
    assertThat(refused.retryAfterSeconds()).isBetween(1, 3);
    assertThat(refused.resetSeconds()).isBetween(95, 105);
  }

  @Test
  void fullBucketsAndGoneNodesShouldLeaveNoRows() throws SQLException {
    Node one = node();
    settle();
    one.take(STARTER);
    settle();
    assertThat(rows()).isEqualTo(2);
    one.dead = true;
    pass(Duration.ofMinutes(2), () -> {});
    one.rows.sweep();
    assertThat(rows()).isZero();
  }

  private static long rows() throws SQLException {
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement();
        var row =
            statement.executeQuery(
                "select (select count(*) from platform.key_bucket)"
                    + " + (select count(*) from platform.key_node)")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** A node whose monotonic clock begins anywhere. */
  private final class Node {

    private final long origin = UUID.randomUUID().getMostSignificantBits() / 4;
    private final BucketRows rows = new BucketRows(cuttable(), connection -> now());
    private final TokenBuckets buckets = new TokenBuckets(BucketExchange.PERIOD, this::nanos);
    private final BucketExchange exchange = new BucketExchange(buckets, rows);
    private boolean cut;
    private boolean dead;
    private int admitted;

    private long nanos() {
      return origin + millis * 1_000_000;
    }

    private OffsetDateTime now() {
      return BEGIN.plusNanos(millis * 1_000_000);
    }

    private Transactions cuttable() {
      Transactions whole = DATABASE.transactions();
      return (Transactions)
          Proxy.newProxyInstance(
              Transactions.class.getClassLoader(),
              new Class<?>[] {Transactions.class},
              (proxy, method, arguments) -> {
                assertThat(arguments[0]).isEqualTo(SystemPurpose.KEY_USE);
                if (cut) {
                  throw RookeryException.unavailable("Cut off", Duration.ofSeconds(1), null);
                }
                try {
                  return method.invoke(whole, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    private void tick() {
      if (!dead) {
        exchange.run();
      }
    }

    private Allowance take(Rate rate) {
      Allowance allowance = buckets.take(key, rate);
      admitted += allowance.admitted() ? 1 : 0;
      return allowance;
    }
  }
}
