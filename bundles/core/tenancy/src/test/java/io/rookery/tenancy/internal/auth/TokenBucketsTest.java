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

  /** A monotonic clock may begin anywhere, also just before it turns over. */
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);

  private final TokenBuckets buckets = new TokenBuckets(60, 100, nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void burstShouldBeAdmittedAndNoMore() {
    for (int left = 99; left >= 0; left--) {
      Allowance allowance = buckets.take(KEY);
      assertThat(allowance.admitted()).isTrue();
      assertThat(allowance.remaining()).isEqualTo(left);
      assertThat(allowance.quota()).isEqualTo(60);
    }
    Allowance refused = buckets.take(KEY);
    assertThat(refused).isEqualTo(new Allowance(false, 60, 0, 100, 1));
  }

  @Test
  void tokensShouldComeBackByTheRate() {
    for (int i = 0; i < 100; i++) {
      buckets.take(KEY);
    }
    pass(Duration.ofMillis(999));
    assertThat(buckets.take(KEY).admitted()).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(buckets.take(KEY).admitted()).isTrue();
    assertThat(buckets.take(KEY).admitted()).isFalse();
    pass(Duration.ofSeconds(30));
    assertThat(buckets.take(KEY).remaining()).isEqualTo(29);
    pass(Duration.ofHours(1));
    assertThat(buckets.take(KEY).remaining()).isEqualTo(99);
  }

  @Test
  void keysShouldNotShareABucket() {
    for (int i = 0; i < 101; i++) {
      buckets.take(KEY);
    }
    assertThat(buckets.take(UUID.randomUUID()).admitted()).isTrue();
  }

  @Test
  void sweepShouldForgetFullBucketsOnly() {
    buckets.take(KEY);
    assertThat(buckets.sweep()).isEqualTo(1);
    pass(Duration.ofSeconds(1));
    assertThat(buckets.sweep()).isZero();
  }

  @Test
  void rateShouldBePositive() {
    assertThatIllegalArgumentException().isThrownBy(() -> new TokenBuckets(0, 1, nanos::get));
    assertThatIllegalArgumentException().isThrownBy(() -> new TokenBuckets(1, 0, nanos::get));
  }
}
