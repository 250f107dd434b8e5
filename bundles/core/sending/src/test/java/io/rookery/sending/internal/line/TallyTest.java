// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.sending.internal.line.Tally.Course;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TallyTest {

  private final AtomicLong now = new AtomicLong();
  private final Tally tally = new Tally(now::get);

  @Test
  void aShareAtTheBoundShouldPassAndOneAboveShouldNot() {
    messages(15, 5);
    assertThat(tally.failingAbove(25)).isNull();

    messages(0, 1);
    assertThat(tally.failingAbove(25)).isEqualTo("6 of 21 messages failed within a minute");
  }

  @Test
  void aFewMessagesShouldProveNothing() {
    messages(0, 19);
    assertThat(tally.failingAbove(1)).isNull();
  }

  @Test
  void callsThatFailShouldCountWhereNoMessageIsReached() {
    for (int i = 0; i < 5; i++) {
      assertThat(tally.failingAbove(50)).isNull();
      tally.call(false);
    }
    assertThat(tally.failingAbove(50)).isEqualTo("5 of 5 calls failed within a minute");
  }

  @Test
  void refusedRecipientsShouldCountOnlyWhereNobodyIsAccepted() {
    for (int i = 0; i < 19; i++) {
      tally.message(Course.REFUSED);
    }
    assertThat(tally.failingAbove(1)).isNull();

    tally.message(Course.REFUSED);
    assertThat(tally.failingAbove(99)).isEqualTo("All 20 recipients were refused within a minute");

    messages(1, 0);
    assertThat(tally.failingAbove(1)).isNull();
    assertThat(tally.accepted()).isEqualTo(1);
    assertThat(tally.failed()).isZero();
  }

  @Test
  void whatIsOlderThanAMinuteShouldBeForgottenButForTheSums() {
    messages(0, 30);
    now.addAndGet(Duration.ofSeconds(61).toNanos());
    messages(1, 0);

    assertThat(tally.failingAbove(1)).isNull();
    assertThat(tally.failed()).isEqualTo(30);
    assertThat(tally.accepted()).isEqualTo(1);
  }

  private void messages(int well, int failed) {
    for (int i = 0; i < well + failed; i++) {
      tally.message(i < well ? Course.WELL : Course.FAILED);
    }
  }
}
