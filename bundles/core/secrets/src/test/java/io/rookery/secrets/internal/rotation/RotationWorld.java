// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.rotation;

import io.rookery.api.secrets.RotationService.NewSecret;
import io.rookery.api.secrets.SecretRotation;
import io.rookery.api.secrets.SecretRotator;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.secrets.internal.alert.Alerts;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Rotations on a real database, a target in memory and a clock that a test moves. */
final class RotationWorld {

  final FakeTarget target = new FakeTarget();
  final List<NewEvent> events = new ArrayList<>();
  final TenantContext tenant;
  final UUID subject = Uuids.next();
  private final TestDatabase database;
  private Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

  /** Begins without what other tests left, as upkeep sees every tenant. */
  RotationWorld(TestDatabase database) {
    this.database = database;
    this.tenant = database.tenant();
    try (Connection owner = database.owner();
        Statement truncate = owner.createStatement()) {
      truncate.execute("truncate tenant.rotation, tenant.rotating_secret");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the service as a node has it that has just started. */
  RotationServiceImpl service() {
    return service(database.transactions(), target);
  }

  RotationServiceImpl service(Transactions transactions, SecretRotator rotator) {
    RotationRecords records =
        new RotationRecords(transactions, (tx, appended) -> events.addAll(appended), clock());
    Rotators rotators = new Rotators();
    if (rotator != null) {
      rotators.add(rotator);
    }
    EventLog log = (tx, appended) -> events.addAll(appended);
    return new RotationServiceImpl(records, rotators, new Alerts(log, clock()));
  }

  /** Has the target's value rotated from now on. */
  UUID registered() {
    return registered("smtp/" + subject);
  }

  UUID registered(String reference) {
    NewSecret secret = new NewSecret("fake", reference, subject, 0);
    return database.transactions().call(tenant, tx -> service().register(tx, secret));
  }

  void forget(UUID secret) {
    database
        .transactions()
        .call(
            tenant,
            tx -> {
              service().forget(tx, secret);
              return null;
            });
  }

  SecretRotation rotation(UUID id) {
    return service().get(tenant, id);
  }

  Transactions transactions() {
    return database.transactions();
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Instant now() {
    return now;
  }

  /** Does all upkeep that is due. */
  void upkeep() throws InterruptedException {
    new RotationUpkeep(service()).run();
  }

  List<String> eventTypes() {
    return events.stream().map(NewEvent::type).toList();
  }
}
