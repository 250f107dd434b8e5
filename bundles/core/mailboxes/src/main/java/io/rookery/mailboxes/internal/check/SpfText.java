// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** SPF records to publish. */
public final class SpfText {

  private SpfText() {}

  /** Returns the record of a host that only the platform sends for; empty where not configured. */
  public static Optional<String> alone(DomainSettings settings) {
    return settings.spfTerms().map(terms -> "v=spf1 " + terms + " -all");
  }

  /**
   * Returns the record of a domain that others may send for too: what stands there with the
   * platform added, as two records would both be void. Empty where nothing is configured.
   *
   * @param existing the record that stands there, or null
   */
  public static Optional<String> merged(String existing, DomainSettings settings) {
    if (existing == null) {
      return settings.spfTerms().map(terms -> "v=spf1 " + terms + " ~all");
    }
    return settings.spfTerms().map(terms -> merge(existing, terms));
  }

  private static String merge(String existing, String terms) {
    List<String> words = new ArrayList<>(List.of(existing.strip().split(" +")));
    List<String> missing = new ArrayList<>();
    for (String term : terms.split(" ")) {
      if (words.stream().noneMatch(word -> word.equalsIgnoreCase(term))) {
        missing.add(term);
      }
    }
    int end = 1;
    while (end < words.size() && !isLast(words.get(end))) {
      end++;
    }
    words.addAll(end, missing);
    return String.join(" ", words);
  }

  /** What comes behind these is never looked at. */
  private static boolean isLast(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.matches("[+\\-~?]?all") || lower.startsWith("redirect=");
  }
}
