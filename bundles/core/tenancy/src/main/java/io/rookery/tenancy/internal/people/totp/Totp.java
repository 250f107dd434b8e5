// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.totp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Codes of time (RFC 6238) of six digits by HMAC-SHA1 over steps of 30 s, which is what every
 * authenticator can do. A code of the step before or after is taken too (§5.2).
 */
public final class Totp {

  /** How long a step lasts, in seconds. */
  public static final int STEP = 30;

  /** How many digits a code has. */
  public static final int DIGITS = 6;

  private static final int SECRET = 20;
  private static final int DRIFT = 1;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Totp() {}

  /** Makes a secret as long as the hash (RFC 4226 §4). */
  public static byte[] secret() {
    byte[] secret = new byte[SECRET];
    RANDOM.nextBytes(secret);
    return secret;
  }

  /** Returns the step that a code is of, if it is of one about now. */
  public static OptionalLong step(byte[] secret, String code, Instant now) {
    if (!code.matches("\\d{" + DIGITS + "}")) {
      return OptionalLong.empty();
    }
    int wanted = Integer.parseInt(code);
    long present = Math.floorDiv(now.getEpochSecond(), STEP);
    OptionalLong found = OptionalLong.empty();
    for (long step = present - DRIFT; step <= present + DRIFT; step++) {
      if (code(secret, step, DIGITS) == wanted) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  /** Returns the code of a step (RFC 4226 §5.3). */
  public static int code(byte[] secret, long step, int digits) {
    byte[] mac = mac(secret, ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    int offset = mac[mac.length - 1] & 0xf;
    int truncated = ByteBuffer.wrap(mac).getInt(offset) & 0x7fffffff;
    return truncated % (int) Math.pow(10, digits);
  }

  private static byte[] mac(byte[] secret, byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "RAW"));
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has HmacSHA1", e);
    }
  }
}
