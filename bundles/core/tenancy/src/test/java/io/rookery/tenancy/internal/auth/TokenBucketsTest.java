// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rookery.api.tenancy.Authenticator.Allowance;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {

  private static final UUID KEY = UUID.randomUUID();
  private static final Rate RATE = new Rate(60, 100);

  /** A monotonic clock may begin anywhere, also just before it turns over. */
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);

  private final TokenBuckets buckets = new TokenBuckets(1_000_000_000, nanos::get);

  private Allowance take(UUID key) {
    return buckets.take(key, RATE);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void burstShouldBeAdmittedAndNoMore() {
    for (int left = 99; left >= 0; left--) {
      Allowance allowance = take(KEY);
      assertThat(allowance.admitted()).isTrue();
      assertThat(allowance.remaining()).isEqualTo(left);
      assertThat(allowance.quota()).isEqualTo(60);
    }
    Allowance refused = take(KEY);
    assertThat(refused).isEqualTo(new Allowance(false, 60, 0, 100, 1));
  }

  @Test
  void tokensShouldComeBackByTheRate() {
    for (int i = 0; i < 100; i++) {
      take(KEY);
    }
    pass(Duration.ofMillis(999));
    assertThat(take(KEY).admitted()).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(take(KEY).admitted()).isTrue();
    assertThat(take(KEY).admitted()).isFalse();
    pass(Duration.ofSeconds(30));
    assertThat(take(KEY).remaining()).isEqualTo(29);
    pass(Duration.ofHours(1));
    assertThat(take(KEY).remaining()).isEqualTo(99);
  }

  @Test
  void keysShouldNotShareABucket() {
    for (int i = 0; i < 101; i++) {
      take(KEY);
    }
    assertThat(take(UUID.randomUUID()).admitted()).isTrue();
  }

  @Test
  void sweepShouldForgetFullBucketsOnly() {
    take(KEY);
    assertThat(buckets.sweep()).isEqualTo(1);
    assertThat(buckets.drain()).containsOnlyKeys(KEY);
    assertThat(buckets.sweep()).isEqualTo(1);
    pass(Duration.ofSeconds(1));
    assertThat(buckets.sweep()).isZero();
    assertThat(take(KEY).admitted()).isTrue();
  }

  @Test
  void rateShouldBePositive() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Rate(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1, 0));
  }
}
