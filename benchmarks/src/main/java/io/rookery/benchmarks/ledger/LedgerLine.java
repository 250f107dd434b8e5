// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.ledger;

import java.util.Optional;

/**
 * A message that the sink took for one recipient.
 *
 * @param at when, in milliseconds since 1970
 * @param connection the number of the connection, unique over restarts
 * @param recipient the envelope's recipient
 * @param messageId the Message-ID with its brackets, or {@code -} where there is none
 * @param sender the envelope's sender, empty where it is the null sender
 */
public record LedgerLine(
    long at, String connection, String recipient, String messageId, String sender) {

  /** Ends each line, so that one that was cut off by a crash is known. */
  private static final String END = ".";

  /** Returns the line as it stands in the file. */
  String text() {
    return String.join("\t", "" + at, connection, recipient, messageId, sender, END) + "\n";
  }

  /** Reads a line; empty where a crash cut it off, which was never acknowledged. */
  static Optional<LedgerLine> read(String text) {
    String[] parts = text.split("\t", -1);
    if (parts.length != 6 || !parts[5].equals(END)) {
      return Optional.empty();
    }
    return Optional.of(
        new LedgerLine(Long.parseLong(parts[0]), parts[1], parts[2], parts[3], parts[4]));
  }
}
