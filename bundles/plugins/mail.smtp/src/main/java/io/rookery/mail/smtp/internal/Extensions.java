// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a server announced in its reply to EHLO (RFC 5321 §4.1.1.1).
 *
 * @param pipelining commands may be sent in groups (RFC 2920)
 * @param eightBit takes octets above 127 (RFC 6152)
 * @param utf8 takes addresses that are not ASCII (RFC 6531)
 * @param statusNotifications takes the parameters of RFC 3461
 * @param startTls can go over to TLS (RFC 3207)
 * @param announcesSize takes SIZE at MAIL (RFC 1870)
 * @param maximumSize the most octets of a message, or 0 where none is told
 * @param mechanisms ways to sign in (RFC 4954), in upper case
 */
record Extensions(
    boolean pipelining,
    boolean eightBit,
    boolean utf8,
    boolean statusNotifications,
    boolean startTls,
    boolean announcesSize,
    long maximumSize,
    Set<String> mechanisms) {

  /** What a server offers that knows HELO only. */
  static final Extensions NONE =
      new Extensions(false, false, false, false, false, false, 0, Set.of());

  /** Reads a positive reply to EHLO; its first line is a greeting. */
  static Extensions of(SmtpReply reply) {
    Map<String, String> keywords = new HashMap<>();
    Set<String> mechanisms = new HashSet<>();
    List<String> lines = reply.lines();
    for (String line : lines.subList(1, lines.size())) {
      String[] words = line.strip().toUpperCase(Locale.ROOT).split("\\s+", 2);
      String rest = words.length == 1 ? "" : words[1];
      // "AUTH=LOGIN" is how some servers announced it before RFC 2554.
      if (words[0].equals("AUTH") || words[0].startsWith("AUTH=")) {
        mechanisms.addAll(List.of((words[0].substring(4) + " " + rest).split("[=\\s]+")));
      } else {
        keywords.put(words[0], rest);
      }
    }
    return new Extensions(
        keywords.containsKey("PIPELINING"),
        keywords.containsKey("8BITMIME"),
        keywords.containsKey("SMTPUTF8"),
        keywords.containsKey("DSN"),
        keywords.containsKey("STARTTLS"),
        keywords.containsKey("SIZE"),
        size(keywords.get("SIZE")),
        Set.copyOf(mechanisms));
  }

  private static long size(String value) {
    return value != null && value.matches("[0-9]{1,18}") ? Long.parseLong(value) : 0;
  }
}
