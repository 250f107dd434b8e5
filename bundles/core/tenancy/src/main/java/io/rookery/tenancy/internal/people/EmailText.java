// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import java.util.Locale;
import java.util.regex.Pattern;

/** The addresses that people sign in with. */
final class EmailText {

  private static final int LONGEST = 254;
  private static final Pattern FORM =
      Pattern.compile("[^\\s@\\p{Cntrl}]{1,64}@[^\\s@\\p{Cntrl}]+\\.[^\\s@.\\p{Cntrl}]+");

  private EmailText() {}

  /** Returns whether a text can be somebody's address. */
  static boolean valid(String email) {
    return email != null && email.length() <= LONGEST && FORM.matcher(email).matches();
  }

  /** Returns what accounts are told apart by: nobody has two by writing the address differently. */
  static String key(String email) {
    return email.strip().toLowerCase(Locale.ROOT);
  }
}
