// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rookery.spi.secrets.SecretStoreException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GuardTest {

  private final AtomicLong now = new AtomicLong();
  private final Guard guard =
      new Guard(
          new Server(URI.create("https://vault.example"), "", null, Duration.ofSeconds(1), 1),
          new Breaker(now::get));

  @Test
  void aTrialThatEndsByAnErrorShouldMakeRoomForTheNext() {
    for (int i = 0; i < 3; i++) {
      assertThatExceptionOfType(SecretStoreException.class)
          .isThrownBy(
              () ->
                  guard.once(
                      () -> {
                        throw new ConnectException("refused");
                      }));
    }
    now.set(Duration.ofSeconds(2).toNanos());
    assertThatExceptionOfType(LinkageError.class)
        .isThrownBy(
            () ->
                guard.once(
                    () -> {
                      throw new LinkageError("no such class");
                    }));
    assertThat(guard.<String>once(() -> "answer")).isEqualTo("answer");
  }
}
