// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.keys;

import io.rookery.api.hosts.DownloadedKey;
import io.rookery.api.hosts.NewSshKey;
import io.rookery.api.hosts.NewSshKey.Entrance;
import io.rookery.api.hosts.Rotation;
import io.rookery.api.hosts.SshKey;
import io.rookery.api.hosts.SshKey.Algorithm;
import io.rookery.api.hosts.SshKey.State;
import io.rookery.api.hosts.SshKey.Version;
import io.rookery.api.hosts.SshKeyService;
import io.rookery.api.secrets.SecretAlerts;
import io.rookery.api.secrets.SecretService;
import io.rookery.events.EventLog;
import io.rookery.hosts.internal.ssh.SshDoor;
import io.rookery.hosts.internal.ssh.SshLogin;
import io.rookery.hosts.internal.ssh.SshTarget;
import io.rookery.kernel.Actor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.spi.plugin.Secret;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps the keys that sign in to hosts. What was asked for is done before the answer. */
@Component(
    service = {SshKeyService.class, SshKeyServiceImpl.class},
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=hosts)"))
public final class SshKeyServiceImpl implements SshKeyService {

  private final KeyRecords records;
  private final KeySecrets secrets;
  private final KeyAttention attention;
  private final SecretAlerts alerts;

  /** Makes the service. */
  @Activate
  public SshKeyServiceImpl(
      @Reference Transactions transactions,
      @Reference SecretService secrets,
      @Reference EventLog events,
      @Reference SshDoor door,
      @Reference SecretAlerts alerts) {
    this(new KeyRecords(transactions, events, Clock.systemUTC()), secrets, door, alerts);
  }

  SshKeyServiceImpl(KeyRecords records, SecretService secrets, SshDoor door, SecretAlerts alerts) {
    this.alerts = alerts;
    this.records = records;
    this.secrets = new KeySecrets(secrets);
    this.attention = new KeyAttention(records, this.secrets, door);
  }

  KeyRecords records() {
    return records;
  }

  KeyAttention attention() {
    return attention;
  }

  @Override
  public List<SshKey> list(TenantContext context, UUID hostId) {
    return records
        .transactions()
        .call(
            context,
            tx -> {
              records.host(tx, hostId);
              return records.store().ofHost(tx, hostId).stream().map(KeyRow::key).toList();
            });
  }

  @Override
  public SshKey get(TenantContext context, UUID hostId, UUID id) {
    return records.transactions().call(context, tx -> found(tx, hostId, id, false).key());
  }

  private KeyRow found(Tx tx, UUID hostId, UUID id, boolean lock) throws SQLException {
    return records
        .store()
        .find(tx, id, lock)
        .filter(row -> row.key().hostId().equals(hostId))
        .orElseThrow(() -> RookeryException.notFound("key"));
  }

  /** Returns how to sign in to a host, by its first role that has a key in use; or empty. */
  public Optional<SshLogin> login(TenantContext context, UUID hostId) {
    List<KeyRow> rows =
        records.transactions().call(context, tx -> records.store().ofHost(tx, hostId));
    return rows.stream()
        .filter(row -> row.key().state() == State.ACTIVE || row.key().state() == State.ROTATING)
        .filter(row -> row.current().isPresent())
        .findFirst()
        .map(row -> secrets.login(context, row, row.current().orElseThrow()));
  }

  @Override
  public SshKey install(TenantContext context, UUID hostId, NewSshKey wanted) {
    KeyRules.check(wanted);
    SshLogin first = first(wanted);
    SshTarget.of(records.host(context, hostId)).required();
    AtomicReference<KeyRow> begun = new AtomicReference<>();
    SshKey made =
        records
            .transactions()
            .callOnce(
                context,
                SshKey.class,
                tx -> {
                  begun.set(insert(tx, hostId, wanted));
                  return begun.get().key();
                });
    if (begun.get() != null) {
      attention.steps().advance(context, begun.get(), first);
    }
    return get(context, hostId, made.id());
  }

  private static SshLogin first(NewSshKey wanted) {
    Entrance entrance = wanted.entrance();
    return entrance.password() != null
        ? SshLogin.by(wanted.user(), entrance.password())
        : SshLogin.by(wanted.user(), KeyPairs.given(entrance.privateKey(), entrance.passphrase()));
  }

  private KeyRow insert(Tx tx, UUID hostId, NewSshKey wanted) throws SQLException {
    records.host(tx, hostId);
    for (KeyRow other : records.store().ofHost(tx, hostId)) {
      if (other.key().role() == wanted.role()) {
        if (other.key().state() != State.REVOKED) {
          throw new RookeryException(
              CommonErrors.CONFLICT,
              "The host has a key of this role already; rotate it, or revoke it first");
        }
        records.store().delete(tx, other.key().id());
      }
    }
    Instant now = records.now();
    SshKey key =
        new SshKey(
            Uuids.next(),
            hostId,
            wanted.role(),
            wanted.user(),
            wanted.algorithm() == null ? Algorithm.ED25519 : wanted.algorithm(),
            State.INSTALLING,
            wanted.rotationDays() == null ? KeyRules.DAYS : wanted.rotationDays(),
            List.of(),
            null,
            now.plus(KeySteps.LEASE),
            now,
            1);
    KeyRow row = new KeyRow(key, RotationStep.MAKE, Duration.ZERO, false);
    records.store().insert(tx, row);
    return row;
  }

  @Override
  public SshKey rotate(TenantContext context, UUID hostId, UUID id, Rotation wanted) {
    Duration grace = KeyRules.grace(wanted);
    AtomicReference<KeyRow> begun = new AtomicReference<>();
    records
        .transactions()
        .callOnce(
            context,
            SshKey.class,
            tx -> {
              begun.set(begin(tx, found(tx, hostId, id, true), grace, wanted.incidentId()));
              return begun.get().key();
            });
    if (begun.get() != null) {
      KeyRow rotated = attention.steps().advance(context, begun.get(), null);
      attention.retire(context, rotated);
    }
    return get(context, hostId, id);
  }

  private KeyRow begin(Tx tx, KeyRow row, Duration grace, String incidentId) throws SQLException {
    if (row.key().state() != State.ACTIVE) {
      throw new RookeryException(
          CommonErrors.WRONG_STATE,
          row.key().state() == State.ROTATING
              ? "The key is being rotated already"
              : "Only a key that is active can be rotated");
    }
    if (row.isHeld(records.now())) {
      throw new RookeryException(
          CommonErrors.WRONG_STATE,
          "The lines of the key on its host are just being changed; ask again in three minutes");
    }
    Instant lease = records.now().plus(KeySteps.LEASE);
    records.store().update(tx, row.with(State.ROTATING, RotationStep.MAKE, lease).with(grace));
    compromised(tx, row, incidentId);
    KeyRow begun = records.row(tx, row.key().id());
    records.append(tx, begun, "host.key_rotating", Map.of("emergency", incidentId != null));
    return begun;
  }

  private void compromised(Tx tx, KeyRow row, String incidentId) throws SQLException {
    if (incidentId != null) {
      records.store().versions().compromised(tx, row.key().id(), incidentId, records.now());
      records.append(tx, row, "host.key_compromised", Map.of("incident_id", incidentId));
      alerts.emergency(tx, row.key().id(), incidentId);
    }
  }

  @Override
  public SshKey revoke(TenantContext context, UUID hostId, UUID id, String incidentId) {
    KeyRules.checkIncident(incidentId);
    AtomicReference<KeyRow> begun = new AtomicReference<>();
    records
        .transactions()
        .callOnce(
            context,
            SshKey.class,
            tx -> {
              KeyRow row = found(tx, hostId, id, true);
              if (row.key().state() == State.REVOKED) {
                return row.key();
              }
              compromised(tx, row, incidentId);
              Instant now = records.now();
              KeyRow revoking = row.with(State.REVOKING, null, now.plus(KeySteps.LEASE));
              records.store().update(tx, revoking.tidy(!row.mayBeAttendedTo(now)));
              begun.set(records.row(tx, id));
              records.append(tx, begun.get(), "host.key_revoked", Map.of());
              return begun.get().key();
            });
    if (begun.get() != null) {
      attention.revoke(context, begun.get());
    }
    return get(context, hostId, id);
  }

  @Override
  public DownloadedKey download(TenantContext context, UUID hostId, UUID id) {
    if (context.actor().kind() != Actor.Kind.USER) {
      throw new RookeryException(
          CommonErrors.FORBIDDEN, "Only somebody who is signed in is shown a private key");
    }
    KeyRow row = records.transactions().call(context, tx -> found(tx, hostId, id, false));
    Version current =
        row.current()
            .filter(it -> row.key().state() != State.REVOKING)
            .orElseThrow(
                () ->
                    new RookeryException(
                        CommonErrors.WRONG_STATE, "The key is not in use, so it is not shown"));
    if (current.downloadedAt() != null) {
      throw shownBefore();
    }
    Secret value = secrets.read(context, row, current, "host.key_download");
    records
        .transactions()
        .call(
            context.withoutIdempotencyKey(),
            tx -> {
              if (!records.store().versions().downloaded(tx, id, current.number(), records.now())) {
                throw shownBefore();
              }
              records.append(tx, row, "host.key_downloaded", Map.of("number", current.number()));
              return null;
            });
    return new DownloadedKey(id, current.number(), value);
  }

  private static RookeryException shownBefore() {
    return new RookeryException(
        CommonErrors.ALREADY_DONE,
        "This private key was shown once already and is not shown again; rotate the key for one that can be");
  }
}
