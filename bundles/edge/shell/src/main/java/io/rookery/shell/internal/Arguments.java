// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.console.Session;

/** Reads what is typed behind a command. */
public final class Arguments {

  private Arguments() {}

  /** Returns an id, or says that the text is none. */
  public static UUID id(String what, String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw refused(text + " is not the id of a " + what, e);
    }
  }

  /** Returns one of some words, in whatever case, or says which there are; null gives null. */
  public static <E extends Enum<E>> E constant(String what, Class<E> type, String text) {
    if (text == null) {
      return null;
    }
    try {
      return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      String all =
          Arrays.stream(type.getEnumConstants())
              .map(constant -> constant.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
      throw refused(text + " is no " + what + "; there are " + all, e);
    }
  }

  /** Returns a time span such as {@code 90s}, {@code 30m}, {@code 24h} or {@code 7d}. */
  public static Duration span(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    try {
      return Duration.parse(lower.endsWith("d") ? "P" + lower : "PT" + lower);
    } catch (DateTimeException e) {
      throw refused(text + " is no time span; write 90s, 30m, 24h or 7d", e);
    }
  }

  /** Returns a file on the server's disk, or says that it cannot be read. */
  public static Path file(Session session, String text) {
    Path path = session.currentDir().resolve(text);
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw refused("There is no file " + path + " that can be read", null);
    }
    return path;
  }

  private static RookeryException refused(String detail, Exception cause) {
    return new RookeryException(CommonErrors.INVALID_REQUEST, detail, cause);
  }
}
