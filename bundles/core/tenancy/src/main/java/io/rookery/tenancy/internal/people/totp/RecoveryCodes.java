// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.totp;

import io.rookery.spi.plugin.Secret;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Codes for whoever has lost the second factor: 80 random bits each, in four groups. */
public final class RecoveryCodes {

  private static final int HOW_MANY = 10;
  private static final int BYTES = 10;
  private static final SecureRandom RANDOM = new SecureRandom();

  private RecoveryCodes() {}

  /** Makes ten. */
  public static List<Secret> create() {
    return Stream.generate(RecoveryCodes::one).limit(HOW_MANY).toList();
  }

  private static Secret one() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    String text = Base32.write(bytes).toLowerCase(Locale.ROOT);
    return Secret.of(String.join("-", text.split("(?<=\\G.{4})")));
  }

  /** Returns what a code is kept and found by, however it was typed. */
  public static String normal(String code) {
    return "recovery\n" + code.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
  }
}
