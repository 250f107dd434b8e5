// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import io.rookery.spi.plugin.Secret;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * A token that unwraps a secret-id, as its file holds it: the token, and on a second line when it
 * runs out, where that is known.
 *
 * @param expires when it runs out, or null
 */
record Wrapped(Secret value, Instant expires) {

  static Wrapped parse(String text) {
    String[] lines = text.split("\\R", 2);
    return new Wrapped(Secret.of(lines[0].strip()), lines.length < 2 ? null : instant(lines[1]));
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text.strip());
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  boolean expiredAt(Instant moment) {
    return expires != null && !moment.isBefore(expires);
  }

  String toText() {
    return value.reveal() + (expires == null ? "" : "\n" + expires);
  }
}
