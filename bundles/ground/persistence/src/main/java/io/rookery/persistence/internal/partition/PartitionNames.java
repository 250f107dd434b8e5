// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.partition;

import io.rookery.kernel.Uuids;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The names and bounds of the daily partitions of one table of schema {@code tenant}. */
record PartitionNames(String table) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,50}");
  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

  /** Refuses what is not the plain name of a table, as it becomes part of statements. */
  PartitionNames {
    if (!NAME.matcher(table).matches()) {
      throw new IllegalArgumentException("Not a table of schema tenant: " + table);
    }
  }

  String parent() {
    return "tenant." + table;
  }

  String partition(LocalDate day) {
    return parent() + "_p" + DAY.format(day);
  }

  /** Returns the day of a table's name without its schema, if it is a partition's name. */
  Optional<LocalDate> day(String name) {
    String prefix = table + "_p";
    if (!name.startsWith(prefix)) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(name.substring(prefix.length()), DAY));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Returns the smallest id of a day (UTC). */
  static UUID bound(LocalDate day) {
    return Uuids.floor(day.atStartOfDay(ZoneOffset.UTC).toInstant());
  }
}
