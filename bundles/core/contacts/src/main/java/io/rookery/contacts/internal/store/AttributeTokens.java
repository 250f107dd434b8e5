// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.store;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Tokens by which contacts are found by an attribute: the first 64 bits of the SHA-256 digest of
 * its name and the beginning of its value. A number costs the index less than half of what name and
 * value do; whoever searches by it compares the value itself in what was found. For one thread.
 */
public final class AttributeTokens {

  /** How many characters of an attribute's value it can be searched by. */
  public static final int SEARCHABLE = 200;

  /** Most attributes have few values; a list of contacts names each of them many times. */
  private static final int MOST_KNOWN = 4096;

  private final MessageDigest digest = sha256();
  private final Map<String, Long> known = new HashMap<>();

  /** Returns SQL for the token of a name and a value, which are SQL of type text. */
  public static String sql(String name, String value) {
    return "('x' || left(encode(sha256(convert_to(%s || '=' || left(%s, %d), 'UTF8')), 'hex'), 16))::bit(64)::bigint"
        .formatted(name, value, SEARCHABLE);
  }

  /** Returns the tokens of attributes, each once, ascending. */
  public long[] of(Map<String, ?> attributes) {
    long[] tokens = new long[attributes.size()];
    int count = 0;
    for (Map.Entry<String, ?> attribute : attributes.entrySet()) {
      tokens[count++] = of(attribute.getKey(), text(attribute.getValue()));
    }
    Arrays.sort(tokens);
    int distinct = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || tokens[i] != tokens[i - 1]) {
        tokens[distinct++] = tokens[i];
      }
    }
    return Arrays.copyOf(tokens, distinct);
  }

  /** Returns the token of an attribute whose value is given as text. */
  public long of(String name, String value) {
    if (known.size() == MOST_KNOWN) {
      known.clear();
    }
    return known.computeIfAbsent(name + '=' + searchable(value), this::digested);
  }

  private long digested(String attribute) {
    return ByteBuffer.wrap(digest.digest(attribute.getBytes(StandardCharsets.UTF_8))).getLong();
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
