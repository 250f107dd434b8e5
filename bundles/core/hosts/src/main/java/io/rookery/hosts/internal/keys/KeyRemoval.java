// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.keys;

import io.rookery.api.hosts.Host;
import io.rookery.api.hosts.HostErrors;
import io.rookery.api.hosts.SshKey.State;
import io.rookery.api.hosts.SshKey.Version;
import io.rookery.api.hosts.SshKey.VersionState;
import io.rookery.hosts.internal.ssh.SshLogin;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Takes pairs off hosts, and proves by a sign-in that fails that they are off. A private half is
 * destroyed only after that; all of it may be done again.
 */
final class KeyRemoval {

  private final KeyRecords records;
  private final KeySecrets secrets;
  private final KeyOnHost onHost;

  KeyRemoval(KeyRecords records, KeySecrets secrets, KeyOnHost onHost) {
    this.records = records;
    this.secrets = secrets;
    this.onHost = onHost;
  }

  /** Takes off the pairs whose grace is over. */
  KeyRow retire(TenantContext context, KeyRow row) {
    Instant now = records.now();
    List<Version> old = row.overdue(now);
    Host host = records.host(context, row.key().hostId());
    List<String> staying =
        new ArrayList<>(row.publicKeys(VersionState.CURRENT, VersionState.GRACE));
    staying.removeAll(old.stream().map(Version::publicKey).toList());
    onHost.keep(host, current(context, row), row.marker(), staying);
    for (Version version : old) {
      secrets.loginIfThere(context, row, version).ifPresent(it -> onHost.refused(host, it));
    }
    secrets.destroy(context, row, old);
    return ended(context, row, old, now);
  }

  private KeyRow ended(TenantContext context, KeyRow row, List<Version> old, Instant now) {
    List<Version> left = new ArrayList<>(row.key().versions());
    left.removeAll(old);
    Instant dueAt = row.with(left).nextAt();
    return records.record(
        context,
        row.with(row.key().state(), null, dueAt).troubled(null, dueAt),
        "host.key_retired",
        Map.of("number", old.get(0).number()),
        tx -> {
          for (Version version : old) {
            records
                .store()
                .versions()
                .move(tx, row.key().id(), version.number(), VersionState.RETIRED, now);
          }
        });
  }

  /** Takes off what a rotation left behind that failed. */
  KeyRow tidy(TenantContext context, KeyRow row) {
    Host host = records.host(context, row.key().hostId());
    onHost.keep(
        host,
        current(context, row),
        row.marker(),
        row.publicKeys(VersionState.CURRENT, VersionState.GRACE));
    secrets.destroy(
        context,
        row,
        row.key().versions().stream().filter(it -> it.state() == VersionState.ABANDONED).toList());
    return records.record(context, row.with(row.key().state(), null, row.nextAt()).tidy(true));
  }

  private SshLogin current(TenantContext context, KeyRow row) {
    return secrets.login(context, row, row.current().orElseThrow());
  }

  /** Takes the lines of a key off the host and keeps the pairs, by which to come again. */
  KeyRow takeOff(TenantContext context, KeyRow row) {
    Host host = records.host(context, row.key().hostId());
    for (SshLogin login : logins(context, row)) {
      if (emptied(host, login, row.marker())) {
        break;
      }
    }
    return row;
  }

  private List<SshLogin> logins(TenantContext context, KeyRow row) {
    return row.key().versions().stream()
        .filter(it -> it.endedAt() == null)
        .flatMap(it -> secrets.loginIfThere(context, row, it).stream())
        .toList();
  }

  /** Takes all pairs of a key off. */
  KeyRow revoke(TenantContext context, KeyRow row) {
    Host host = records.host(context, row.key().hostId());
    takeOff(context, row);
    logins(context, row).forEach(login -> onHost.refused(host, login));
    secrets.purge(context, row, "host.key_revoked");
    Instant now = records.now();
    return records.record(
        context,
        row.with(State.REVOKED, null, null).troubled(null, null).tidy(true),
        "host.key_removed",
        Map.of(),
        tx -> {
          for (Version version : row.key().versions()) {
            if (version.endedAt() == null) {
              records
                  .store()
                  .versions()
                  .move(tx, row.key().id(), version.number(), VersionState.RETIRED, now);
            }
          }
        });
  }

  /** Returns whether a pair was still let in to take all of ours off. */
  private boolean emptied(Host host, SshLogin login, String marker) {
    try {
      onHost.keep(host, login, marker, List.of());
      return true;
    } catch (RookeryException e) {
      if (e.code().equals(HostErrors.LOGIN_REFUSED)) {
        return false;
      }
      throw e;
    }
  }
}
