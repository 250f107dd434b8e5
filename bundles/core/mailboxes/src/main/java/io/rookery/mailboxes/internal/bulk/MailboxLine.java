// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.bulk;

import io.rookery.api.mailboxes.MailboxData;
import io.rookery.api.mailboxes.Ramp;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.plugin.Setting;
import io.rookery.spi.plugin.Setting.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A row of a file of mailboxes. Prints its number alone, for it may hold a password.
 *
 * @param number the line that it begins at, from 1
 * @param cells what its cells hold, without the empty ones, by column
 * @param tooLong whether it has more cells than there are columns
 */
record MailboxLine(long number, Map<String, String> cells, boolean tooLong) {

  @Override
  public String toString() {
    return "line " + number;
  }

  /**
   * Returns the mailbox that the row is about.
   *
   * @param declared the settings of all backends: a cell that is secret to one of them is secret
   * @throws RookeryException {@code validation_failed} where a number is none
   */
  MailboxData toData(Collection<Setting> declared) {
    List<FieldError> errors = new ArrayList<>();
    if (tooLong) {
      errors.add(new FieldError("", "It has more cells than the first line names columns"));
    }
    Map<String, String> settings = new HashMap<>();
    Map<String, Secret> secrets = new HashMap<>();
    cells.forEach(
        (column, cell) -> {
          if (isSecret(column, declared)) {
            secrets.put(column, Secret.of(cell));
          } else if (!Columns.isOwn(column)) {
            settings.put(column, cell.strip());
          }
        });
    Long limit = number("daily_limit", errors);
    Long gap = number("minimum_gap_ms", errors);
    Optional<Ramp> ramp = ramp(errors);
    if (!errors.isEmpty()) {
      throw RookeryException.invalid(errors);
    }
    return new MailboxData(
        text("address"),
        text("display_name"),
        text("backend"),
        settings,
        secrets,
        limit == null ? null : (int) Math.min(Integer.MAX_VALUE, limit),
        gap,
        null,
        ramp);
  }

  private Optional<Ramp> ramp(List<FieldError> errors) {
    String cell = text("ramp");
    if (cell == null || cell.equalsIgnoreCase("none")) {
      return Optional.empty();
    }
    Optional<Ramp> ramp = Ramp.parse(cell);
    if (ramp.isEmpty()) {
      errors.add(
          new FieldError("/ramp", "ramp is standard, fast, slow, none, or numbers as 10-500/42"));
    }
    return ramp;
  }

  /** Returns what tells the row from another one, secret cells left out. */
  String fingerprint(Collection<Setting> declared) {
    Map<String, String> open = new TreeMap<>(cells);
    open.keySet().removeIf(column -> isSecret(column, declared));
    return open.toString();
  }

  private static boolean isSecret(String column, Collection<Setting> declared) {
    return declared.stream()
        .anyMatch(setting -> setting.name().equals(column) && setting.type() == Type.SECRET);
  }

  private String text(String column) {
    String cell = cells.get(column);
    return cell == null ? null : cell.strip();
  }

  private Long number(String column, List<FieldError> errors) {
    String cell = text(column);
    if (cell == null) {
      return null;
    }
    if (!cell.matches("[0-9]{1,12}")) {
      errors.add(new FieldError("/" + column, column + " is a whole number"));
      return null;
    }
    return Long.valueOf(cell);
  }
}
