// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A stream that refuses to give more than so many bytes, or to wait for ever: after a minute a
 * kibibyte must have come for each second, which the slowest line does.
 */
final class LimitedStream extends FilterInputStream {

  private static final Duration GRACE = Duration.ofSeconds(60);
  private static final long LEAST = 1024;

  private final long limit;
  private final LongSupplier nanoTime;
  private final long begun;
  private long count;

  LimitedStream(InputStream in, long limit, LongSupplier nanoTime) {
    super(in);
    this.limit = limit;
    this.nanoTime = nanoTime;
    this.begun = nanoTime.getAsLong();
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = in.read(target, offset, length);
    count(Math.max(0, read));
    return read;
  }

  @Override
  public long skip(long wanted) throws IOException {
    long skipped = in.skip(wanted);
    count(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(long more) {
    count += more;
    if (count > limit) {
      throw BodyFilter.tooLarge(limit);
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - begun);
    if (seconds > GRACE.toSeconds() && count < seconds * LEAST) {
      throw new RookeryException(
          CommonErrors.INVALID_REQUEST, "The file comes too slowly; send a kibibyte a second");
    }
  }
}
