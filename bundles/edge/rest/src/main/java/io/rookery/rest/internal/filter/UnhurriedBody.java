// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.zip.ZipException;

/**
 * Reads a body within a bounded time: it holds a thread and, where it is large, one of few places,
 * and a client that sends an octet now and then must not hold them for as long as it likes.
 */
final class UnhurriedBody {

  /** 15 MB in this time are 2 Mbit/s. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final int PIECE = 8 * 1024;

  private final LongSupplier nanoTime;

  UnhurriedBody(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Returns what begins with some octets and goes on with a stream, up to a length.
   *
   * @throws RookeryException {@code invalid_request} where the rest takes too long to come
   */
  byte[] read(byte[] begin, InputStream rest, int most) throws IOException {
    long end = nanoTime.getAsLong() + LONGEST.toNanos();
    ByteArrayOutputStream whole = new ByteArrayOutputStream(Math.max(1024, 2 * begin.length));
    whole.writeBytes(begin);
    byte[] piece = new byte[PIECE];
    while (whole.size() < most) {
      int length = piece(rest, piece, Math.min(PIECE, most - whole.size()));
      if (length < 0) {
        break;
      }
      whole.write(piece, 0, length);
      if (nanoTime.getAsLong() > end) {
        throw late(null);
      }
    }
    return whole.toByteArray();
  }

  private static int piece(InputStream in, byte[] piece, int length) throws IOException {
    try {
      return in.read(piece, 0, length);
    } catch (ZipException | EOFException e) {
      throw e;
    } catch (IOException e) {
      // The container gives up on who sends nothing at all.
      throw e.getCause() instanceof TimeoutException ? late(e) : gone(e);
    }
  }

  /** Whose connection is reset hears no answer; the log is not to look for a fault here. */
  private static RookeryException gone(IOException cause) {
    return new RookeryException(
        CommonErrors.INVALID_REQUEST, "The request body broke off with its connection", cause);
  }

  static RookeryException late(IOException cause) {
    return new RookeryException(
        CommonErrors.INVALID_REQUEST,
        "The request body did not come within " + LONGEST.toSeconds() + " seconds",
        cause);
  }
}
