// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import io.rookery.api.contacts.EmailAddresses;
import io.rookery.kernel.RookeryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Names that may be sending domains. A public suffix is refused as far as it can be told by its
 * form: that is to spare people a wait, as nobody can publish a key below one.
 */
public final class DomainNames {

  /** What a part of a secret's path may have; leaves room for a selector before it, too. */
  private static final int LONGEST = 100;

  /** Second-level labels that registries of countries give names below. */
  private static final Set<String> BRANCHES =
      Set.of(
          "ac", "co", "com", "edu", "ed", "gob", "gouv", "gov", "go", "gv", "govt", "ltd", "me",
          "mil", "ne", "net", "nhs", "nom", "or", "org", "plc", "police", "sch");

  private DomainNames() {}

  /** Returns a name in A-labels, or says what is wrong with it. */
  static String checked(String given) {
    String text = given == null ? "" : given.strip();
    if (text.endsWith(".")) {
      text = text.substring(0, text.length() - 1);
    }
    String name =
        EmailAddresses.domain(text)
            .orElseThrow(() -> invalid("This is no domain such as example.com"));
    if (isAddress(name)) {
      throw invalid("An address cannot be a sending domain; give a name such as example.com");
    } else if (name.length() > LONGEST) {
      throw invalid("A sending domain has at most " + LONGEST + " characters");
    } else if (isPublicSuffix(name)) {
      throw invalid(name + " is a registry's name; give the domain registered below it");
    }
    return name;
  }

  private static RookeryException invalid(String detail) {
    return RookeryException.invalid("/name", detail);
  }

  /** The last label of a name is never a number (RFC 3696 §2), that of an address is. */
  static boolean isAddress(String name) {
    return name.substring(name.lastIndexOf('.') + 1).chars().allMatch(Character::isDigit);
  }

  private static boolean isPublicSuffix(String name) {
    String[] labels = name.split("\\.");
    return labels.length == 2 && labels[1].length() == 2 && BRANCHES.contains(labels[0]);
  }

  /** Returns a name and those above it that have two labels or more, the longest first. */
  public static List<String> upwards(String name) {
    List<String> names = new ArrayList<>();
    String rest = name;
    while (rest.indexOf('.') > 0) {
      names.add(rest);
      rest = rest.substring(rest.indexOf('.') + 1);
    }
    return names;
  }
}
