// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BreakerTest {

  private static final long SECOND = 1_000_000_000L;
  private static final SecretStoreException SEALED =
      new SecretStoreException(Kind.SEALED, "Unseal it", null);

  private final AtomicLong now = new AtomicLong();
  private final Breaker breaker = new Breaker(now::get);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      breaker.admit();
      breaker.failed(SEALED);
    }
  }

  private void assertClosed() {
    assertThatExceptionOfType(SecretStoreException.class)
        .isThrownBy(breaker::admit)
        .withMessage("Unseal it")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.SEALED));
  }

  @Test
  void thirdFailureInARowShouldAnswerForTheServer() {
    fail(2);
    breaker.admit();
    breaker.answered();
    fail(2);
    breaker.admit();
    breaker.failed(SEALED);
    assertClosed();
  }

  @Test
  void oneCallAtATimeShouldTryAfterAWhile() {
    fail(3);
    now.set(13 * SECOND / 10);
    breaker.admit();
    assertClosed();
    breaker.answered();
    assertThatCode(breaker::admit).doesNotThrowAnyException();
    assertThatCode(breaker::admit).doesNotThrowAnyException();
  }

  @Test
  void callThatEndedWithoutAWordShouldMakeRoomForTheNext() {
    fail(3);
    now.set(13 * SECOND / 10);
    breaker.admit();
    breaker.withdrawn();
    assertThatCode(breaker::admit).doesNotThrowAnyException();
  }

  @Test
  void pauseShouldGrowToTenSecondsAndNoFurther() {
    fail(3);
    for (int i = 0; i < 10; i++) {
      now.addAndGet(13 * SECOND);
      fail(1);
    }
    now.addAndGet(7 * SECOND);
    assertClosed();
    now.addAndGet(5 * SECOND + SECOND / 10);
    assertThatCode(breaker::admit).doesNotThrowAnyException();
  }
}
