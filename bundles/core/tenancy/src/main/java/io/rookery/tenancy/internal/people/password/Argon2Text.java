// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106) at a cost, written as {@code $argon2id$v=19$m=…,t=…,p=…$salt$hash}.
 *
 * @param memory in KiB
 * @param passes how often the memory is gone over
 * @param lanes how many parts the memory has
 */
public record Argon2Text(int memory, int passes, int lanes) {

  /** 19 MiB, two passes: the first choice of the OWASP Password Storage Cheat Sheet. */
  public static final Argon2Text OWASP = new Argon2Text(19 * 1024, 2, 1);

  private static final int SALT = 16;
  private static final int HASH = 32;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder WRITER = Base64.getEncoder().withoutPadding();
  private static final Pattern TEXT =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,8}),t=(\\d{1,4}),p=(\\d{1,3})"
              + "\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  /** Returns a hash of a password with a salt of its own. */
  String hash(String password) {
    byte[] salt = new byte[SALT];
    RANDOM.nextBytes(salt);
    String hash = WRITER.encodeToString(compute(password, salt, HASH));
    return cost() + WRITER.encodeToString(salt) + "$" + hash;
  }

  /** Returns whether a hash is one of a password, whatever cost it was made at. */
  static boolean matches(String password, String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalStateException("A password's hash cannot be read");
    }
    Argon2Text made = new Argon2Text(number(parts, 1), number(parts, 2), number(parts, 3));
    byte[] salt = Base64.getDecoder().decode(parts.group(4));
    byte[] hash = Base64.getDecoder().decode(parts.group(5));
    return MessageDigest.isEqual(hash, made.compute(password, salt, hash.length));
  }

  /** Returns whether a hash was made at this cost. */
  boolean made(String text) {
    return text.startsWith(cost());
  }

  private String cost() {
    return "$argon2id$v=19$m=" + memory + ",t=" + passes + ",p=" + lanes + "$";
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }

  /** What looks the same is the same, whichever keyboard it was typed on (Unicode NFKC). */
  private byte[] compute(String password, byte[] salt, int length) {
    byte[] bytes =
        Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memory)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[length];
    generator.generateBytes(bytes, hash);
    Arrays.fill(bytes, (byte) 0);
    return hash;
  }
}
