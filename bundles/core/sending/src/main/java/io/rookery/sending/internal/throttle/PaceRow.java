// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

import java.util.List;
import java.util.Set;

/**
 * What is kept of a lane's pace, as a whole or to one domain. Times are milliseconds since 1970.
 *
 * @param domain the domain, or empty for the lane as a whole
 * @param perMinute how many messages a minute may go, infinity without a limit
 * @param cutAt when the rate was cut last
 * @param holdUntil until when it does not rise
 * @param repeats how often it was cut in a row
 * @param rises how often it has risen since
 * @param changedAt when it was cut or rose last
 * @param evidence whether a message was taken since then
 * @param waitedFor whether a message waited for the rate since then
 * @param nextAt when the next message may go
 * @param putOffUntil the moment by which all that was put off is due again
 * @param code the reply code that it was cut for, or 0
 * @param enhancedCode the enhanced status code of that reply, or null
 */
public record PaceRow(
    String domain,
    double perMinute,
    long cutAt,
    long holdUntil,
    int repeats,
    int rises,
    long changedAt,
    boolean evidence,
    boolean waitedFor,
    long nextAt,
    long putOffUntil,
    int code,
    String enhancedCode) {

  /** What has changed: rows to keep, and the domains of rows that are over. */
  public record Changes(List<PaceRow> kept, Set<String> gone) {

    /** Returns whether there is nothing to write. */
    public boolean none() {
      return kept.isEmpty() && gone.isEmpty();
    }
  }
}
