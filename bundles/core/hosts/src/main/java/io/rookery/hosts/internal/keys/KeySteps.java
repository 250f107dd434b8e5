// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.keys;

import io.rookery.api.hosts.Host;
import io.rookery.api.hosts.HostErrors;
import io.rookery.api.hosts.SshKey.State;
import io.rookery.api.hosts.SshKey.Version;
import io.rookery.api.hosts.SshKey.VersionState;
import io.rookery.hosts.internal.ssh.SshLogin;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a rotation, or a first installation, from step to step: what a step does is done first and
 * recorded then, so that a process that dies in between has the step done again. The row's version
 * decides between two who are at it.
 */
final class KeySteps {

  private static final Logger LOG = LoggerFactory.getLogger(KeySteps.class);

  /** After so long somebody else takes over: longer than any step takes. */
  static final Duration LEASE = Duration.ofMinutes(3);

  static final Duration RETRY = Duration.ofMinutes(15);

  private static final String INTERRUPTED =
      "The installation was interrupted before the key was on the host; ask for it again";

  private final KeyRecords records;
  private final KeySecrets secrets;
  private final KeyOnHost onHost;

  KeySteps(KeyRecords records, KeySecrets secrets, KeyOnHost onHost) {
    this.records = records;
    this.secrets = secrets;
    this.onHost = onHost;
  }

  /**
   * Takes a key to the end of its steps, or back to where it was.
   *
   * @param first how to get in before any pair of the key works, or null
   */
  KeyRow advance(TenantContext context, KeyRow begun, SshLogin first) {
    KeyRow row = begun;
    while (row.step() != null) {
      try {
        row = next(context, row, first);
      } catch (RookeryException e) {
        if (decides(e)) {
          rollBack(context, row, first, e);
        }
        throw e;
      }
    }
    return row;
  }

  /** What the host says decides; a store or database that is away does not. */
  private static boolean decides(RookeryException e) {
    return HostErrors.all().contains(e.code()) || e.code().equals(CommonErrors.NOT_FOUND);
  }

  private KeyRow next(TenantContext context, KeyRow row, SshLogin first) {
    return switch (row.step()) {
      case MAKE -> make(context, row);
      case PUT -> put(context, row, first);
      case VERIFY -> verify(context, row);
    };
  }

  /** Where this dies after the write, the store keeps a version that nothing refers to. */
  private KeyRow make(TenantContext context, KeyRow row) {
    KeyPair pair = KeyPairs.make(row.key().algorithm());
    int number = secrets.write(context, row, pair);
    Version made =
        new Version(
            number,
            VersionState.PENDING,
            KeyPairs.line(pair.getPublic()),
            KeyPairs.fingerprint(pair.getPublic()),
            records.now(),
            null,
            null,
            null,
            null);
    return records.record(
        context,
        row.with(row.key().state(), RotationStep.PUT, lease()),
        null,
        Map.of(),
        tx -> records.store().versions().insert(tx, row.key().id(), made));
  }

  private KeyRow put(TenantContext context, KeyRow row, SshLogin first) {
    Host host = records.host(context, row.key().hostId());
    SshLogin login = first;
    if (login == null) {
      Version current =
          row.current()
              .orElseThrow(() -> new RookeryException(HostErrors.LOGIN_REFUSED, INTERRUPTED));
      login = secrets.login(context, row, current);
    }
    onHost.keep(
        host,
        login,
        row.marker(),
        row.publicKeys(VersionState.PENDING, VersionState.CURRENT, VersionState.GRACE));
    return records.record(context, row.with(row.key().state(), RotationStep.VERIFY, lease()));
  }

  private KeyRow verify(TenantContext context, KeyRow row) {
    Version pending = row.in(VersionState.PENDING).orElseThrow();
    onHost.verify(records.host(context, row.key().hostId()), secrets.login(context, row, pending));
    return promote(context, row, pending);
  }

  private KeyRow promote(TenantContext context, KeyRow row, Version pending) {
    Instant now = records.now();
    Instant retireAt = now.plus(row.grace());
    Duration days = Duration.ofDays(row.key().rotationDays());
    Instant dueAt =
        row.current().isPresent() && row.grace().compareTo(days) < 0 ? retireAt : now.plus(days);
    boolean first = row.current().isEmpty();
    KeyRow after = row.with(State.ACTIVE, null, dueAt).troubled(null, dueAt).tidy(true);
    return records.record(
        context,
        after,
        first ? "host.key_installed" : "host.key_rotated",
        Map.of("number", pending.number(), "grace_seconds", row.grace().toSeconds()),
        tx -> {
          VersionStore versions = records.store().versions();
          if (!first) {
            int old = row.current().orElseThrow().number();
            versions.move(tx, row.key().id(), old, VersionState.GRACE, retireAt);
          }
          versions.move(tx, row.key().id(), pending.number(), VersionState.CURRENT, null);
        });
  }

  private void rollBack(TenantContext context, KeyRow row, SshLogin first, RookeryException e) {
    LOG.warn(
        "The key {} of a host is not {}: {}",
        row.key().id(),
        row.current().isPresent() ? "rotated" : "installed",
        e.getMessage());
    if (row.current().isPresent()) {
      abandon(context, row, e);
    } else {
      giveUp(context, row, first, e);
    }
  }

  /** The present pair goes on; what of the new one may be on the host is taken off soon. */
  private void abandon(TenantContext context, KeyRow row, RookeryException e) {
    boolean untidy = row.step() != RotationStep.MAKE;
    Instant again = records.now().plus(RETRY);
    Instant usual = row.nextAt();
    Instant dueAt = untidy || usual.isBefore(again) ? again : usual;
    records.record(
        context,
        row.with(State.ACTIVE, null, dueAt).troubled(e.getMessage(), dueAt).tidy(!untidy),
        "host.key_rotation_failed",
        failed(row, e),
        tx -> {
          for (Version pending : row.key().versions()) {
            if (pending.state() == VersionState.PENDING) {
              records
                  .store()
                  .versions()
                  .move(
                      tx, row.key().id(), pending.number(), VersionState.ABANDONED, records.now());
            }
          }
        });
    secrets.destroy(context, row, row.in(VersionState.PENDING).stream().toList());
  }

  /** Nothing is kept of an installation that failed. */
  private void giveUp(TenantContext context, KeyRow row, SshLogin first, RookeryException e) {
    if (first != null && row.step() == RotationStep.VERIFY) {
      try {
        onHost.keep(records.host(context, row.key().hostId()), first, row.marker(), List.of());
      } catch (RookeryException more) {
        LOG.warn("A public line of ours stays on the host: {}", more.getMessage());
      }
    }
    secrets.purge(context, row, "host.key_not_installed");
    records
        .transactions()
        .call(
            context.withoutIdempotencyKey(),
            tx -> {
              records.append(tx, row, "host.key_install_failed", failed(row, e));
              records.store().delete(tx, row.key().id());
              return null;
            });
  }

  private static Map<String, ?> failed(KeyRow row, RookeryException e) {
    return Map.of("step", row.step().name().toLowerCase(Locale.ROOT), "reason", e.code().name());
  }

  private Instant lease() {
    return records.now().plus(LEASE);
  }
}
