// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.api.mailboxes.BackendDirectory;
import io.rookery.api.mailboxes.BackendDirectory.Backend;
import io.rookery.api.mailboxes.MailboxFallbacks.Fallback;
import io.rookery.api.mailboxes.MailboxFallbacks.FallbackData;
import io.rookery.spi.plugin.Setting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** A fallback as its table holds it. */
record FallbackRow(
    UUID id,
    String backend,
    Map<String, String> settings,
    Set<String> secretSettings,
    long version,
    Instant createdAt) {

  static FallbackRow from(UUID id, FallbackData data, Instant now) {
    return new FallbackRow(id, data.backend(), data.settings(), data.secrets().keySet(), 1, now);
  }

  /** Returns this as it is said to be; secret settings that are not given stay. */
  FallbackRow with(FallbackData data) {
    Set<String> secrets = new TreeSet<>(data.backend().equals(backend) ? secretSettings : Set.of());
    secrets.addAll(data.secrets().keySet());
    return new FallbackRow(id, data.backend(), data.settings(), secrets, version + 1, createdAt);
  }

  /** Returns whom its secrets are shown. */
  SecretReceiver receiver(BackendDirectory backends) {
    List<Setting> declared = backends.find(backend).map(Backend::settings).orElse(List.of());
    return SecretReceiver.of(backend, settings, declared);
  }

  /** Returns the reference of its secret settings in the secret store. */
  String reference() {
    return "smtp/" + id;
  }

  Fallback toRecord(UUID inUse) {
    return new Fallback(id, backend, settings, secretSettings, id.equals(inUse));
  }
}
