// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.password;

import io.rookery.kernel.FieldError;
import io.rookery.spi.plugin.Secret;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which passwords are taken. What they are made of is nobody's business (NIST SP 800-63B). */
public final class PasswordRules {

  private static final int SHORTEST = 12;
  private static final int LONGEST = 256;
  private static final int PART = 4;

  private final CommonPasswords common = CommonPasswords.bundled();

  /** Returns what is wrong with a password of a person, or empty. */
  public Optional<FieldError> check(String pointer, Secret password, String email, String name) {
    String text = folded(password.reveal());
    String wrong = null;
    if (text.codePointCount(0, text.length()) < SHORTEST) {
      wrong = "Give at least " + SHORTEST + " characters";
    } else if (text.length() > LONGEST) {
      wrong = "Give at most " + LONGEST + " characters";
    } else if (text.chars().anyMatch(Character::isISOControl)) {
      wrong = "Leave out control characters";
    } else if (holdsPerson(text, email, name)) {
      wrong = "Leave out the e-mail address and the name";
    } else if (common.contains(text)) {
      wrong = "This is a common password; take one that nobody else has";
    }
    return Optional.ofNullable(wrong).map(detail -> new FieldError(pointer, detail));
  }

  /** The address and the name, whole or in parts that are long enough to be told from chance. */
  private static boolean holdsPerson(String password, String email, String name) {
    String address = folded(email);
    String called = folded(name);
    Stream<String> parts =
        Stream.concat(
            Arrays.stream(address.split("[@.+_-]")), Arrays.stream(called.split("\\P{L}+")));
    Stream<String> wholes =
        Stream.of(address, address.split("@")[0], called, called.replaceAll("\\s", ""));
    return Stream.concat(
            wholes.filter(whole -> whole.length() > 1), parts.filter(PasswordRules::telling))
        .anyMatch(password::contains);
  }

  private static boolean telling(String part) {
    return part.length() >= PART;
  }

  private static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }
}
