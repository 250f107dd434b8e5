// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.plugin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A secret value on its way to where it is used. Prints as dots, so that it cannot reach a log by
 * chance. Equal by content in constant time.
 */
public final class Secret {

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** Wraps a value, which is not null. */
  public static Secret of(String value) {
    if (value == null) {
      throw new IllegalArgumentException("A secret needs a value");
    }
    return new Secret(value);
  }

  /** Returns the value itself; call it where it is used and nowhere else. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return Secret.class.hashCode();
  }

  @Override
  public String toString() {
    return "••••";
  }
}
