// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A mailbox.
 *
 * @param workspaceId the workspace that it is in
 * @param settings values of the backend's settings, without the secret ones
 * @param secretSettings the names of the secret settings that are set
 * @param dailyLimit how many messages it may send in any 24 hours once no ramp holds
 * @param pausedReason why it does not send, or null
 * @param pausedBy what paused it, or null where it is not paused
 * @param pausedUntil when it sends again by itself, or null where only people lift the pause
 * @param ramp how its limit rises, or null
 * @param rampStartedAt when the ramp's first day began, or null without a ramp
 * @param version rises with each change, for If-Match; also the account's epoch
 */
public record Mailbox(
    UUID id,
    UUID workspaceId,
    String address,
    String displayName,
    String backend,
    Map<String, String> settings,
    Set<String> secretSettings,
    int dailyLimit,
    long minimumGapMillis,
    MailboxData.WhenInDoubt whenInDoubt,
    String pausedReason,
    PauseCause pausedBy,
    Instant pausedUntil,
    Ramp ramp,
    Instant rampStartedAt,
    Instant createdAt,
    long version) {

  /** Copies the collections. */
  public Mailbox {
    settings = Map.copyOf(settings);
    secretSettings = Set.copyOf(secretSettings);
  }

  /** Returns how much it may send at a moment, paused or not. */
  public SendingLimit limitAt(Instant now) {
    return SendingLimit.at(dailyLimit, ramp, rampStartedAt, now);
  }
}
