// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import org.apache.karaf.shell.support.CommandException;

/** Says in plain words why a command failed. */
final class Problem {

  private Problem() {}

  /**
   * Returns what the shell shows: the detail and the fields. The shell treats this type as a slip
   * of the user: it prints no stack, logs no error and ends a script with a failure.
   */
  static CommandException shown(RookeryException e) {
    StringBuilder text = new StringBuilder("Error: ");
    if (e.errors().size() == 1) {
      text.append(line(e.errors().get(0)));
    } else {
      text.append(e.getMessage());
      e.errors()
          .forEach(error -> text.append(System.lineSeparator()).append("  ").append(line(error)));
    }
    if (e.retryAfter() != null) {
      long seconds = Math.max(1, e.retryAfter().toSeconds());
      text.append(System.lineSeparator()).append("  Try again in ").append(seconds).append(" s");
    }
    return new CommandException(text.toString(), text.toString());
  }

  private static String line(FieldError error) {
    String field = error.pointer().replaceFirst("^/", "").replace('/', '.');
    return field.isEmpty() ? error.detail() : field + ": " + error.detail();
  }
}
