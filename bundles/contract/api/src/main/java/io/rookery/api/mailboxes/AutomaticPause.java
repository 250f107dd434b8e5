// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

/**
 * What the platform has counted that makes it pause.
 *
 * @param cause an automatic one
 * @param sent how many messages were sent in the time that was looked at; 0 for failures
 * @param counted how many complaints, bounces or failures there were among them
 * @param repeats how many pauses of this kind came before without a success in between; counted for
 *     failures alone, as the mailbox itself knows how often its mails were the cause
 */
public record AutomaticPause(PauseCause cause, long sent, long counted, int repeats) {

  /** Refuses what is not counted. */
  public AutomaticPause {
    if (!cause.isAutomatic() || sent < 0 || counted < 0 || repeats < 0) {
      throw new IllegalArgumentException("No automatic pause: " + cause);
    }
  }

  /** Pauses for what became of mails. */
  public static AutomaticPause quality(PauseCause cause, long sent, long counted) {
    return new AutomaticPause(cause, sent, counted, 0);
  }

  /** Pauses for failures to connect or to sign in. */
  public static AutomaticPause access(PauseCause cause, int failures, int repeats) {
    return new AutomaticPause(cause, 0, failures, repeats);
  }

  /** Returns the reason in words, without anybody's data. */
  public String reason() {
    return switch (cause) {
      case COMPLAINTS -> counted + " complaints about " + sent + " mails, more than 0.1 %";
      case BOUNCES -> counted + " of " + sent + " mails bounced, more than 5 %";
      case CONNECTION -> failure("could not be reached");
      default -> failure("refused the sign-in");
    };
  }

  private String failure(String what) {
    return repeats > 0
        ? "After a pause its mail server still " + what
        : "Its mail server " + what + ", " + counted + " times in an hour";
  }
}
