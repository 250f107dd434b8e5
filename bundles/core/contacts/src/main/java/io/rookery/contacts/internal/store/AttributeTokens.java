// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.store;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Tokens by which contacts are found by an attribute: the first 64 bits of the SHA-256 digest of
 * its name and the beginning of its value. A number costs the index less than half of what name and
 * value do; whoever searches by it compares the value itself in what was found. For one thread.
 */
public final class AttributeTokens {

  /** How many characters of an attribute's value it can be searched by. */
  public static final int SEARCHABLE = 200;

  private final MessageDigest digest = sha256();

  /** Returns SQL for the token of a name and a value, which are SQL of type text. */
  public static String sql(String name, String value) {
    return "('x' || left(encode(sha256(convert_to(%s || '=' || left(%s, %d), 'UTF8')), 'hex'), 16))::bit(64)::bigint"
        .formatted(name, value, SEARCHABLE);
  }

  /** Returns the tokens of attributes, each once. */
  public long[] of(Map<String, ?> attributes) {
    return attributes.entrySet().stream()
        .flatMapToLong(a -> LongStream.of(of(a.getKey(), text(a.getValue()))))
        .distinct()
        .toArray();
  }

  /** Returns the token of an attribute whose value is given as text. */
  public long of(String name, String value) {
    byte[] bytes = digest.digest((name + '=' + searchable(value)).getBytes(StandardCharsets.UTF_8));
    long token = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      token = token << 8 | bytes[i] & 0xFF;
    }
    return token;
  }

  /** Returns the part of a value that it is searched by. */
  static String searchable(String value) {
    return value.length() <= SEARCHABLE
        ? value
        : value.substring(
            0,
            value.offsetByCodePoints(
                0, Math.min(SEARCHABLE, value.codePointCount(0, value.length()))));
  }

  /** Returns a value as PostgreSQL reads it out of jsonb. */
  private static String text(Object value) {
    return value instanceof Number
        ? new BigDecimal(value.toString()).toPlainString()
        : String.valueOf(value);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
