// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

class UnhurriedBodyTest {

  private static final byte[] BEGIN = "begin ".getBytes(StandardCharsets.UTF_8);

  private final AtomicLong now = new AtomicLong();
  private final UnhurriedBody body = new UnhurriedBody(now::get);

  @Test
  void theRestShouldFollowTheBeginningUpToTheLength() throws IOException {
    assertThat(body.read(BEGIN, stream("and end"), 100)).asString().isEqualTo("begin and end");
    assertThat(body.read(BEGIN, stream("and end"), 9)).asString().isEqualTo("begin and");
    assertThat(body.read(BEGIN, stream(""), 100)).isEqualTo(BEGIN);
  }

  @Test
  void aClientThatDribblesShouldBeLeft() {
    InputStream dribble =
        new InputStream() {
          @Override
          public int read() {
            now.addAndGet(Duration.ofSeconds(7).toNanos());
            return 'x';
          }

          @Override
          public int read(byte[] piece, int from, int length) {
            piece[from] = (byte) read();
            return 1;
          }
        };
    assertThatThrownBy(() -> body.read(BEGIN, dribble, 1_000_000))
        .isInstanceOf(RookeryException.class)
        .hasMessageContaining("60 seconds");
    assertThat(now.get()).isLessThan(Duration.ofSeconds(71).toNanos());
  }

  /** Its connection was reset: nothing went wrong here. */
  @Test
  void aClientThatIsGoneShouldBeNoErrorOfOurs() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Connection reset by peer");
          }
        };
    assertThatExceptionOfType(RookeryException.class)
        .isThrownBy(() -> body.read(BEGIN, broken, 100))
        .satisfies(e -> assertThat(e.code()).isEqualTo(CommonErrors.INVALID_REQUEST));
    InputStream damaged =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new ZipException("Not in GZIP format");
          }
        };
    assertThatThrownBy(() -> body.read(BEGIN, damaged, 100)).isInstanceOf(ZipException.class);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
