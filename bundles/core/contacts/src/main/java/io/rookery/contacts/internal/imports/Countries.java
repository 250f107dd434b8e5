// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.imports;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;

/** Countries as people write them: ISO 3166-1 codes of two or three letters, and names. */
final class Countries {

  private static final String[] LANGUAGES = {"en", "de", "fr", "es", "it", "nl", "pt", "pl"};
  private static final Map<String, String> CODES = codes();

  private Countries() {}

  /** Returns the two-letter code in upper case, or null where nobody knows the country. */
  static String code(String text) {
    return CODES.get(text.strip().toLowerCase(Locale.ROOT));
  }

  private static Map<String, String> codes() {
    Map<String, String> codes = new HashMap<>();
    for (String code : Locale.getISOCountries()) {
      Locale country = new Locale("", code);
      for (String language : LANGUAGES) {
        codes.putIfAbsent(lower(country.getDisplayCountry(new Locale(language))), code);
      }
      putIso3(codes, country);
    }
    for (String code : Locale.getISOCountries()) {
      codes.put(lower(code), code);
    }
    codes.put("uk", "GB");
    codes.put("england", "GB");
    codes.put("usa", "US");
    codes.put("united states of america", "US");
    codes.put("czech republic", "CZ");
    return Map.copyOf(codes);
  }

  private static void putIso3(Map<String, String> codes, Locale country) {
    try {
      codes.put(lower(country.getISO3Country()), country.getCountry());
    } catch (MissingResourceException e) {
      // A code without three letters is found by its two.
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
