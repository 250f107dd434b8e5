// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.health;

import io.rookery.spi.mail.Reply.Stage;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells refusals of a recipient that is not there from those of content, of policy or of a broken
 * server, by the enhanced status code (RFC 3463) and else by the reply code (RFC 5321 §4.2) and the
 * stage at which it came. Only the former say that addresses were sent to that nobody should have.
 */
final class HardBounces {

  private static final Pattern ENHANCED = Pattern.compile("(\\d)\\.(\\d{1,3})\\.(\\d{1,3})");

  /**
   * Codes of no recipient: address syntax and moved systems apart, subject 1 is about addresses; of
   * mailboxes one that is disabled is gone, one that is full is not; no such host (4.4), no route,
   * and what Microsoft says of unknown recipients at the edge (4.1).
   */
  private static final Set<String> CODES = Set.of("2.0", "2.1", "4.1", "4.4");

  /** Subject 1 is about addresses, but 7 and 8 are about the sender's. */
  private static final Set<String> OF_THE_SENDER = Set.of("1.7", "1.8");

  private static final Set<Integer> REPLIES = Set.of(550, 551, 553);

  private HardBounces() {}

  /** Returns whether an event of a bounce tells of a recipient that is not there. */
  static boolean told(Map<String, Object> data) {
    Matcher enhanced = ENHANCED.matcher(text(data, "enhanced_code"));
    if (enhanced.matches()) {
      String subject = enhanced.group(2);
      String code = subject + "." + enhanced.group(3);
      if (!subject.equals("0")) {
        return enhanced.group(1).equals("5")
            && (subject.equals("1") ? !OF_THE_SENDER.contains(code) : CODES.contains(code));
      }
    }
    String stage = text(data, "stage");
    boolean recipient =
        stage.isEmpty() || stage.equals(Stage.RECIPIENT.name().toLowerCase(Locale.ROOT));
    return recipient
        && data.get("code") instanceof Number code
        && REPLIES.contains(code.intValue());
  }

  private static String text(Map<String, Object> data, String name) {
    return data.get(name) instanceof String text ? text : "";
  }
}
