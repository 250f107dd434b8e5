// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LargeMailsTest {

  private static final int MEGABYTE = 1 << 20;

  private final LargeMails mails = new LargeMails(4 * MEGABYTE);
  private final int all = mails.free();

  @Test
  void smallMailsShouldTakeNothing() {
    mails.take(100_000);
    assertThat(mails.free()).isEqualTo(all);
  }

  @Test
  void aThreadShouldHoldThePlaceOfOneMailAtATime() {
    mails.take(MEGABYTE);
    int left = mails.free();
    mails.take(MEGABYTE);
    assertThat(mails.free()).isEqualTo(left).isLessThan(all);
    mails.take(0);
    assertThat(mails.free()).isEqualTo(all);
  }

  @Test
  void aMailLargerThanAllThereIsShouldGoAlone() throws Exception {
    mails.take(100L * MEGABYTE);
    assertThat(mails.free()).isZero();
    CountDownLatch done = new CountDownLatch(1);
    Thread other =
        new Thread(
            () -> {
              mails.take(MEGABYTE);
              mails.give();
              done.countDown();
            });
    other.start();
    await().until(() -> other.getState() == Thread.State.TIMED_WAITING);
    assertThat(done.getCount()).isOne();

    mails.give();

    assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(mails.free()).isEqualTo(all);
  }
}
