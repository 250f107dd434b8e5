// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.bulk;

import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import io.rookery.spi.plugin.Setting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The columns of a file of mailboxes. A header that is none is told by its place, never by its
 * words: a file without a header begins with a password.
 */
final class Columns {

  private static final Set<String> OWN =
      Set.of("address", "display_name", "backend", "daily_limit", "minimum_gap_ms", "ramp");
  private static final Map<String, String> ALSO =
      Map.of("user_name", "username", "user", "username", "email", "address");

  private Columns() {}

  /**
   * Returns the names of the columns.
   *
   * @param settings all settings of all backends
   * @throws RookeryException {@code validation_failed} where the header cannot be used
   */
  static List<String> of(List<String> header, Collection<Setting> settings) {
    Set<String> known = new HashSet<>(OWN);
    settings.forEach(setting -> known.add(setting.name()));
    List<String> names = new ArrayList<>();
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i).strip().toLowerCase(Locale.ROOT).replaceAll("[ -]", "_");
      name = ALSO.getOrDefault(name, name);
      if (!known.contains(name)) {
        errors.add(
            error(i, "It names no field of a mailbox and no setting of an installed backend"));
      } else if (names.contains(name)) {
        errors.add(error(i, "It is there twice"));
      }
      names.add(name);
    }
    for (String needed : List.of("address", "backend")) {
      if (!names.contains(needed)) {
        errors.add(new FieldError("/lines/1", "The first line has to name a column " + needed));
      }
    }
    if (!errors.isEmpty()) {
      throw RookeryException.invalid(errors);
    }
    return names;
  }

  private static FieldError error(int column, String what) {
    return new FieldError("/lines/1/" + (column + 1), what);
  }

  /** Returns whether a column is a field of a mailbox rather than a setting. */
  static boolean isOwn(String column) {
    return OWN.contains(column);
  }
}
