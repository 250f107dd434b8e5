// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.api.mailboxes.MailboxData.WhenInDoubt;
import io.rookery.spi.plugin.Setting;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** A mailbox as its table holds it. */
record MailboxRow(
    UUID id,
    String address,
    String displayName,
    String backend,
    Map<String, String> settings,
    Set<String> secretSettings,
    int dailyLimit,
    long minimumGapMillis,
    WhenInDoubt whenInDoubt,
    String pausedReason,
    Instant createdAt,
    long version) {

  static MailboxRow from(UUID id, MailboxData data, Instant now) {
    return new MailboxRow(
        id,
        data.address(),
        data.displayName(),
        data.backend(),
        data.settings() == null ? Map.of() : data.settings(),
        data.secrets() == null ? Set.of() : data.secrets().keySet(),
        data.dailyLimit() == null ? 50 : data.dailyLimit(),
        data.minimumGapMillis() == null ? 0 : data.minimumGapMillis(),
        or(data.whenInDoubt(), WhenInDoubt.RESEND),
        null,
        now,
        1);
  }

  /** Returns this with what is said of it changed; settings that are not named stay. */
  MailboxRow with(MailboxData data) {
    Map<String, String> merged = new HashMap<>(settings);
    Set<String> secrets = new TreeSet<>(secretSettings);
    if (data.settings() != null) {
      merged.putAll(data.settings());
    }
    if (data.secrets() != null) {
      secrets.addAll(data.secrets().keySet());
    }
    return new MailboxRow(
        id,
        or(data.address(), address),
        or(data.displayName(), displayName),
        or(data.backend(), backend),
        merged,
        secrets,
        or(data.dailyLimit(), dailyLimit),
        or(data.minimumGapMillis(), minimumGapMillis),
        or(data.whenInDoubt(), whenInDoubt),
        pausedReason,
        createdAt,
        version + 1);
  }

  /** Returns the settings with the defaults of those that are not set. */
  Map<String, String> settings(List<Setting> declared) {
    return SettingDefaults.fill(declared, settings);
  }

  MailboxRow paused(String reason) {
    return new MailboxRow(
        id,
        address,
        displayName,
        backend,
        settings,
        secretSettings,
        dailyLimit,
        minimumGapMillis,
        whenInDoubt,
        reason,
        createdAt,
        version + 1);
  }

  private static <T> T or(T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  Mailbox toRecord() {
    return new Mailbox(
        id,
        address,
        displayName,
        backend,
        settings,
        secretSettings,
        dailyLimit,
        minimumGapMillis,
        whenInDoubt,
        pausedReason,
        createdAt,
        version);
  }
}
