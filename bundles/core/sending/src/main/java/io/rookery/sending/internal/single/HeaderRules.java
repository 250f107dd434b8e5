// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.single;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which header fields a sender may set, and what may stand in them. All others are ours: a field
 * that is not listed could change whom a mail is from, whom it goes to or how it is read.
 */
final class HeaderRules {

  private static final int LONGEST = 900;

  /** A msg-id (RFC 5322 §3.6.4). */
  private static final String ID = "<[!-;=?A-~]{1,200}@[!-;=?A-~]{1,200}>";

  private static final Map<String, Rule> ALLOWED = new LinkedHashMap<>();

  static {
    allow("In-Reply-To", ID);
    allow("References", ID + "( " + ID + ")*");
    // RFC 3834 §5
    allow("Auto-Submitted", "auto-generated|auto-replied|no");
    // RFC 2156 §5.3.4
    allow("Importance", "high|normal|low");
    // Keeps Gmail from putting mails into one thread.
    allow("X-Entity-Ref-ID", "[!-~]{1,200}");
    // MS-OXCMAIL §2.1.3.2.20
    allow(
        "X-Auto-Response-Suppress",
        "(DR|NDR|RN|NRN|OOF|AutoReply|All)(, ?(DR|NDR|RN|NRN|OOF|AutoReply))*");
  }

  private record Rule(String name, Pattern value) {}

  private HeaderRules() {}

  private static void allow(String name, String value) {
    ALLOWED.put(name.toLowerCase(Locale.ROOT), new Rule(name, Pattern.compile(value)));
  }

  /** Returns the fields under their usual names; null gives none. */
  static Map<String, String> checked(Map<String, String> headers, Faults faults) {
    Map<String, String> result = new LinkedHashMap<>();
    if (headers == null) {
      return result;
    }
    headers.forEach(
        (name, value) -> {
          String pointer = "/headers/" + name.replace("~", "~0").replace("/", "~1");
          Rule rule = ALLOWED.get(name.toLowerCase(Locale.ROOT));
          if (rule == null) {
            faults.add("/headers", "Only these may be set: " + names());
          } else if (value == null
              || value.length() > LONGEST
              || !rule.value().matcher(value).matches()) {
            faults.add(pointer, "This is no value of " + rule.name());
          } else if (result.put(rule.name(), value) != null) {
            faults.add(pointer, "Given twice");
          }
        });
    return result;
  }

  private static String names() {
    return String.join(", ", ALLOWED.values().stream().map(Rule::name).toList());
  }
}
