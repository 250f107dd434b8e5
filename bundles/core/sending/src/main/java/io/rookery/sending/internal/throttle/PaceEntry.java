// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

import io.rookery.spi.mail.Reply;
import java.util.regex.Pattern;

/**
 * The rate of a lane as a whole or to one domain, what is put off for it, and the reply that it was
 * cut for. Not thread-safe.
 */
final class PaceEntry {

  private static final Pattern STATUS = Pattern.compile("[0-9.]{3,11}");

  private final PacedRate rate;
  private final PutOff putOff;
  private int code;
  private String enhancedCode;

  private PaceEntry(PacedRate rate, PutOff putOff) {
    this.rate = rate;
    this.putOff = putOff;
  }

  static PaceEntry fresh() {
    return new PaceEntry(new PacedRate(), new PutOff(0));
  }

  /** Takes up what was kept; a rate that is too old to mean anything is not limited. */
  static PaceEntry of(PaceRow row, long now) {
    PacedRate.State state =
        new PacedRate.State(
            row.perMinute(),
            row.cutAt(),
            row.holdUntil(),
            row.repeats(),
            row.rises(),
            row.changedAt(),
            row.evidence(),
            row.waitedFor(),
            row.nextAt());
    PaceEntry entry = new PaceEntry(PacedRate.of(state, now), new PutOff(row.putOffUntil()));
    entry.code = row.code();
    entry.enhancedCode = row.enhancedCode();
    return entry;
  }

  PacedRate rate() {
    return rate;
  }

  PutOff putOff() {
    return putOff;
  }

  int code() {
    return code;
  }

  /** Returns the enhanced status code that it was cut for, or nothing. */
  String enhancedCode() {
    return enhancedCode == null ? "" : enhancedCode;
  }

  /** Notes what it was cut for; what a backend gives as a status code may be anything. */
  void cutFor(Reply reply) {
    code = reply == null ? 0 : reply.code();
    String given = reply == null ? null : reply.enhancedCode();
    enhancedCode = given != null && STATUS.matcher(given).matches() ? given : null;
  }

  /** Returns whether it is neither limited nor waited for. */
  boolean over(long now) {
    return !rate.limited() && !putOff.waiting(now);
  }

  PaceRow row(String key) {
    PacedRate.State state = rate.state();
    return new PaceRow(
        key,
        state.perMinute(),
        state.cutAt(),
        state.holdUntil(),
        state.repeats(),
        state.rises(),
        state.changedAt(),
        state.evidence(),
        state.waitedFor(),
        state.nextAt(),
        putOff.until(),
        code,
        enhancedCode);
  }
}
