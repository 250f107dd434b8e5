// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.param;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Small files that hold secrets. Their methods read the body as a stream, so that no digest of it
 * is kept with an idempotency key.
 */
public final class Uploads {

  private Uploads() {}

  /** Returns a file's text, UTF-8, of at most so many bytes. */
  public static String text(InputStream file, int limit) {
    try {
      byte[] bytes = file.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new RookeryException(
            CommonErrors.TOO_LARGE, "The file is larger than " + limit + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new RookeryException(
          CommonErrors.INVALID_REQUEST, "The upload broke off; nothing was made", e);
    }
  }
}
