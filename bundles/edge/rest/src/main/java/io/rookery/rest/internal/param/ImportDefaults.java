// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.param;

import io.rookery.api.contacts.ContactData;
import io.rookery.api.contacts.ContactData.LawfulBasis;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What every contact of an import has where the file gives nothing. */
public final class ImportDefaults {

  private static final Set<String> NAMES =
      Set.of("country", "lawful_basis", "source", "tracking_consent");

  private ImportDefaults() {}

  /** Reads {@code default.*} parameters; empty ones leave every field null. */
  public static ContactData read(Map<String, String> values) {
    values.keySet().stream()
        .filter(name -> !NAMES.contains(name))
        .findFirst()
        .ifPresent(name -> refuse("default." + name + " is not one of default." + NAMES));
    return new ContactData(
        null,
        null,
        null,
        null,
        values.get("country"),
        basis(values.get("lawful_basis")),
        values.get("source"),
        flag(values.get("tracking_consent")));
  }

  private static LawfulBasis basis(String text) {
    if (text == null) {
      return null;
    }
    return Arrays.stream(LawfulBasis.values())
        .filter(basis -> basis.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseGet(
            () -> {
              refuse("default.lawful_basis must be one of the lawful bases");
              return null;
            });
  }

  private static Boolean flag(String text) {
    if (text != null && !text.equals("true") && !text.equals("false")) {
      refuse("default.tracking_consent must be true or false");
    }
    return text == null ? null : Boolean.valueOf(text);
  }

  private static void refuse(String detail) {
    throw new RookeryException(CommonErrors.INVALID_REQUEST, detail);
  }
}
