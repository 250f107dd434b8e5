// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An SPF record taken apart (RFC 7208 §4.6).
 *
 * @param fault a term that breaks the grammar, or null
 */
record SpfRecord(List<Term> terms, String fault) {

  private static final Pattern TERM =
      Pattern.compile("([+\\-~?]?)([A-Za-z][A-Za-z0-9_.-]*)(?:([:=/])(.*))?");
  private static final Set<String> MECHANISMS =
      Set.of("all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists");
  private static final Set<String> WITH_VALUE = Set.of("include", "ip4", "ip6", "exists");

  /**
   * A mechanism or modifier.
   *
   * @param qualifier one of {@code + - ~ ?}
   * @param name in lower case
   * @param value what stands behind the colon or equals sign, in lower case; empty where nothing
   */
  record Term(char qualifier, String name, String value, boolean modifier) {}

  /** Returns the records among a name's texts that are SPF. */
  static List<String> among(List<String> texts) {
    return texts.stream().filter(SpfRecord::isSpf).toList();
  }

  private static boolean isSpf(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.equals("v=spf1") || lower.startsWith("v=spf1 ");
  }

  static SpfRecord parse(String text) {
    List<Term> terms = new ArrayList<>();
    String[] words = text.strip().split(" +");
    for (int i = 1; i < words.length; i++) {
      Term term = term(words[i]);
      if (term == null) {
        return new SpfRecord(terms, words[i]);
      }
      terms.add(term);
    }
    return new SpfRecord(terms, null);
  }

  private static Term term(String word) {
    Matcher matcher = TERM.matcher(word);
    if (!matcher.matches()) {
      return null;
    }
    String name = matcher.group(2).toLowerCase(Locale.ROOT);
    String value = matcher.group(4) == null ? "" : matcher.group(4).toLowerCase(Locale.ROOT);
    boolean modifier = "=".equals(matcher.group(3));
    boolean fits =
        modifier ? matcher.group(1).isEmpty() : MECHANISMS.contains(name) && isWhole(name, value);
    char qualifier = matcher.group(1).isEmpty() ? '+' : matcher.group(1).charAt(0);
    return fits ? new Term(qualifier, name, value, modifier) : null;
  }

  private static boolean isWhole(String mechanism, String value) {
    if (mechanism.equals("ip4") || mechanism.equals("ip6")) {
      return IpNetwork.parse(value)
          .filter(network -> network.term().startsWith(mechanism))
          .isPresent();
    }
    return !WITH_VALUE.contains(mechanism) || !value.isEmpty();
  }
}
