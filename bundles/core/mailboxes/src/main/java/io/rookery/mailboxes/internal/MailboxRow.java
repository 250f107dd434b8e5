// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.api.mailboxes.BackendDirectory;
import io.rookery.api.mailboxes.BackendDirectory.Backend;
import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.api.mailboxes.MailboxData.WhenInDoubt;
import io.rookery.api.mailboxes.PauseCause;
import io.rookery.api.mailboxes.Ramp;
import io.rookery.mailboxes.internal.pause.Pausing;
import io.rookery.spi.plugin.Setting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** A mailbox as its table holds it. */
record MailboxRow(
    UUID id,
    UUID workspaceId,
    String address,
    String displayName,
    String backend,
    Map<String, String> settings,
    Set<String> secretSettings,
    int dailyLimit,
    long minimumGapMillis,
    WhenInDoubt whenInDoubt,
    Pausing pausing,
    Ramping ramping,
    Instant createdAt,
    long version) {

  static MailboxRow from(UUID id, MailboxData data, Instant now) {
    return new MailboxRow(
        id,
        data.workspaceId(),
        data.address(),
        data.displayName(),
        data.backend(),
        data.settings() == null ? Map.of() : data.settings(),
        data.secrets() == null ? Set.of() : data.secrets().keySet(),
        data.dailyLimit() == null ? 50 : data.dailyLimit(),
        data.minimumGapMillis() == null ? 0 : data.minimumGapMillis(),
        or(data.whenInDoubt(), WhenInDoubt.RESEND),
        Pausing.NONE,
        data.ramp() == null ? Ramping.NONE : Ramping.begun(data.ramp().orElse(null), now),
        now,
        1);
  }

  /**
   * Returns this with what is said of it changed; settings that are not named stay, and so does a
   * ramp that is the same.
   */
  MailboxRow with(MailboxData data, Instant now) {
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
        or(data.workspaceId(), workspaceId),
        or(data.address(), address),
        or(data.displayName(), displayName),
        or(data.backend(), backend),
        merged,
        secrets,
        or(data.dailyLimit(), dailyLimit),
        or(data.minimumGapMillis(), minimumGapMillis),
        or(data.whenInDoubt(), whenInDoubt),
        pausing,
        changed(data, now),
        createdAt,
        version + 1);
  }

  private Ramping changed(MailboxData data, Instant now) {
    Ramp wanted = data.ramp() == null ? ramping.ramp() : data.ramp().orElse(null);
    return Objects.equals(wanted, ramping.ramp()) ? ramping : Ramping.begun(wanted, now);
  }

  /** Returns the settings with the defaults of those that are not set. */
  Map<String, String> settings(List<Setting> declared) {
    return SettingDefaults.fill(declared, settings);
  }

  /** Returns whom its secrets are shown. */
  SecretReceiver receiver(BackendDirectory backends) {
    List<Setting> declared = backends.find(backend).map(Backend::settings).orElse(List.of());
    return SecretReceiver.of(backend, settings, declared);
  }

  /** Returns why it is paused, or null while it sends. */
  String pausedReason() {
    return pausing.reason();
  }

  /** Returns the domain of its address, in lower case. */
  String domain() {
    return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
  }

  /**
   * Returns this paused by a person.
   *
   * @param holding the pauses of its domain and its tenant
   */
  MailboxRow paused(String reason, List<Pausing> holding, Instant now) {
    // What it takes over ends here, with all that comes of its end.
    Ramping kept = pausing.paused() ? ramping.after(pausing, holding, dailyLimit, now) : ramping;
    return with(pausing.begun(PauseCause.PERSON, reason, now), kept);
  }

  /** Returns this with its pause changed and its ramp as it is. */
  MailboxRow with(Pausing changed) {
    return with(changed, ramping);
  }

  /**
   * Returns this without a pause of its own.
   *
   * @param holding the pauses of its domain and its tenant
   */
  MailboxRow resumed(List<Pausing> holding, Instant now) {
    return with(pausing.ended(now), ramping.after(pausing, holding, dailyLimit, now));
  }

  /**
   * Returns this after the end of a pause of its domain or its tenant.
   *
   * @param holding those that hold it still, without its own
   */
  MailboxRow released(Pausing ended, List<Pausing> holding, Instant now) {
    List<Pausing> all = new ArrayList<>(holding);
    if (pausing.paused()) {
      all.add(pausing);
    }
    Ramping after = ramping.after(ended, all, dailyLimit, now);
    return after.equals(ramping) ? this : with(pausing, after);
  }

  /** Returns this with another pause and ramp. */
  MailboxRow with(Pausing changed, Ramping ramp) {
    return new MailboxRow(
        id,
        workspaceId,
        address,
        displayName,
        backend,
        settings,
        secretSettings,
        dailyLimit,
        minimumGapMillis,
        whenInDoubt,
        changed,
        ramp,
        createdAt,
        version + 1);
  }

  /** Returns this in a workspace, as it is put there when it is made. */
  MailboxRow in(UUID workspace) {
    return new MailboxRow(
        id,
        workspace,
        address,
        displayName,
        backend,
        settings,
        secretSettings,
        dailyLimit,
        minimumGapMillis,
        whenInDoubt,
        pausing,
        ramping,
        createdAt,
        version);
  }

  private static <T> T or(T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  Mailbox toRecord() {
    return new Mailbox(
        id,
        workspaceId,
        address,
        displayName,
        backend,
        settings,
        secretSettings,
        dailyLimit,
        minimumGapMillis,
        whenInDoubt,
        pausing.reason(),
        pausing.cause(),
        pausing.until(),
        ramping.ramp(),
        ramping.startedAt(),
        createdAt,
        version);
  }
}
