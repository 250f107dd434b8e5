// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.password;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/** Passwords that are tried first by whoever guesses, in lower case. */
final class CommonPasswords {

  private static final String RESOURCE = "common-passwords.txt";

  private final Set<String> passwords;

  private CommonPasswords(Set<String> passwords) {
    this.passwords = passwords;
  }

  /** Reads the list that comes with the bundle. */
  static CommonPasswords bundled() {
    try (InputStream stream = CommonPasswords.class.getResourceAsStream(RESOURCE);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return new CommonPasswords(
          reader
              .lines()
              .filter(line -> !line.startsWith("#") && !line.isBlank())
              .collect(Collectors.toUnmodifiableSet()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns whether a password in lower case is one of them. */
  boolean contains(String password) {
    return passwords.contains(password);
  }

  int size() {
    return passwords.size();
  }
}
