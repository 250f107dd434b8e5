// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A mailbox.
 *
 * @param settings values of the backend's settings, without the secret ones
 * @param secretSettings the names of the secret settings that are set
 * @param pausedReason why it does not send, or null
 * @param version rises with each change, for If-Match; also the account's epoch
 */
public record Mailbox(
    UUID id,
    String address,
    String displayName,
    String backend,
    Map<String, String> settings,
    Set<String> secretSettings,
    int dailyLimit,
    long minimumGapMillis,
    MailboxData.WhenInDoubt whenInDoubt,
    String pausedReason,
    Instant createdAt,
    long version) {

  /** Copies the collections. */
  public Mailbox {
    settings = Map.copyOf(settings);
    secretSettings = Set.copyOf(secretSettings);
  }
}
