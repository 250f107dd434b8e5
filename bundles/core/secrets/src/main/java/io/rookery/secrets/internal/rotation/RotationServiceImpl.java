// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.rotation;

import io.rookery.api.secrets.RotatingSecret;
import io.rookery.api.secrets.RotatingSecret.Due;
import io.rookery.api.secrets.RotationRules;
import io.rookery.api.secrets.RotationService;
import io.rookery.api.secrets.SecretAlerts;
import io.rookery.api.secrets.SecretRotation;
import io.rookery.api.secrets.SecretRotation.State;
import io.rookery.events.EventLog;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.secrets.internal.SecretSubjects;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps rotations. One that is asked for is done before the answer, as far as it goes. */
@Component(
    service = {RotationService.class, RotationServiceImpl.class},
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=secrets)"))
public final class RotationServiceImpl implements RotationService {

  private static final UUID FIRST = new UUID(0, 0);
  private static final UUID LAST = new UUID(-1, -1);
  private static final int AT_ONCE = 1000;

  private final RotationRecords records;
  private final Rotators rotators;
  private final RotationAttention attention;
  private final SecretAlerts alerts;

  /** Makes the service. */
  @Activate
  public RotationServiceImpl(
      @Reference Transactions transactions,
      @Reference EventLog events,
      @Reference Rotators rotators,
      @Reference SecretAlerts alerts) {
    this(new RotationRecords(transactions, events, Clock.systemUTC()), rotators, alerts);
  }

  RotationServiceImpl(RotationRecords records, Rotators rotators, SecretAlerts alerts) {
    this.alerts = alerts;
    this.records = records;
    this.rotators = rotators;
    this.attention = new RotationAttention(records, new RotationSteps(records, rotators), rotators);
  }

  RotationRecords records() {
    return records;
  }

  RotationAttention attention() {
    return attention;
  }

  @Override
  public Page<RotatingSecret> secrets(TenantContext context, Due due, PageRequest page) {
    UUID beyond = page.beyond(FIRST);
    Instant by = Plans.by(due, records.now());
    List<RotatingSecret> found =
        records
            .transactions()
            .call(context, tx -> records.secrets().list(tx, by, beyond, page.limit() + 1));
    return Page.byId(found, page, RotatingSecret::id);
  }

  @Override
  public RotatingSecret secret(TenantContext context, UUID secretId) {
    return records.transactions().call(context, tx -> secret(tx, secretId, false));
  }

  private RotatingSecret secret(Tx tx, UUID id, boolean lock) throws SQLException {
    return records
        .secrets()
        .find(tx, id, lock)
        .orElseThrow(() -> RookeryException.notFound("secret that can be rotated"));
  }

  @Override
  public RotatingSecret schedule(TenantContext context, UUID secretId, int days) {
    RotationRules rules = rotators.of(secret(context, secretId).kind()).rules();
    if (days < rules.fewest() || days > rules.most()) {
      throw RookeryException.invalid(
          "/days", "From %d to %d".formatted(rules.fewest(), rules.most()));
    }
    return records
        .transactions()
        .callOnce(
            context,
            RotatingSecret.class,
            tx -> {
              RotatingSecret before = secret(tx, secretId, true);
              records.secrets().plan(tx, Plans.from(before, before.rotatedAt(), days));
              RotatingSecret after = secret(tx, secretId, false);
              records.rescheduled(tx, after);
              return after;
            });
  }

  @Override
  public SecretRotation start(TenantContext context, UUID secretId, Order order) {
    RotatingSecret secret = secret(context, secretId);
    Order wanted = Orders.checked(order, rotators.of(secret.kind()).rules());
    endGrace(context, secretId);
    AtomicReference<SecretRotation> begun = new AtomicReference<>();
    SecretRotation made =
        records
            .transactions()
            .callOnce(
                context,
                SecretRotation.class,
                tx -> {
                  begun.set(begin(tx, secret(tx, secretId, true), wanted));
                  return begun.get();
                });
    if (begun.get() != null) {
      attention.steps().advance(context, begun.get());
    }
    return get(context, made.id());
  }

  /** The target takes two values at most, so that the one before the present one has to go. */
  private void endGrace(TenantContext context, UUID secretId) {
    SecretRotation open =
        records.transactions().call(context, tx -> records.store().open(tx, secretId).orElse(null));
    if (open != null && open.state() == State.GRACE) {
      SecretRotation last = attention.endGrace(context, open);
      if (!last.state().isOver()) {
        throw new RookeryException(
            CommonErrors.WRONG_STATE,
            "The value before the present one could not be ended yet: " + last.problem());
      }
    }
  }

  private SecretRotation begin(Tx tx, RotatingSecret secret, Order order) throws SQLException {
    if (records.store().open(tx, secret.id()).isPresent()) {
      throw new RookeryException(CommonErrors.WRONG_STATE, "The secret is being rotated already");
    }
    SecretRotation row =
        Orders.begun(secret, order, records.now(), records.now().plus(RotationSteps.LEASE));
    records.store().insert(tx, List.of(row));
    records.append(
        tx, row, "secret.rotation_started", Map.of("emergency", order.incidentId() != null));
    if (order.incidentId() != null) {
      records.append(tx, row, "secret.compromised", Map.of());
      alerts.emergency(tx, secret.id(), order.incidentId());
    }
    return row;
  }

  @Override
  public int startAll(TenantContext context, Due due) {
    Instant now = records.now();
    return records
        .transactions()
        .callOnce(context, Begun.class, tx -> beginAll(tx, Plans.by(due, now), now))
        .count();
  }

  /** How many rotations were begun. */
  record Begun(int count) {}

  private Begun beginAll(Tx tx, Instant by, Instant now) throws SQLException {
    List<SecretRotation> rows = new ArrayList<>();
    for (RotatingSecret secret : records.secrets().idle(tx, by, AT_ONCE)) {
      Order order = Orders.checked(new Order(null, null), rotators.of(secret.kind()).rules());
      rows.add(Orders.begun(secret, order, now, now));
    }
    records.store().insert(tx, rows);
    records.started(tx, rows);
    return new Begun(rows.size());
  }

  @Override
  public Page<SecretRotation> list(TenantContext context, PageRequest page) {
    UUID below = page.beyond(LAST);
    List<SecretRotation> found =
        records
            .transactions()
            .call(context, tx -> records.store().list(tx, below, page.limit() + 1));
    return Page.byId(found, page, SecretRotation::id);
  }

  @Override
  public SecretRotation get(TenantContext context, UUID id) {
    return records.get(context, id);
  }

  @Override
  public SecretRotation takeBack(TenantContext context, UUID id) {
    AtomicReference<SecretRotation> back = new AtomicReference<>();
    records
        .transactions()
        .callOnce(
            context,
            SecretRotation.class,
            tx -> {
              SecretRotation row = records.get(tx, id, true);
              back.set(attention.callOff(tx, row));
              return back.get();
            });
    if (back.get() != null && !back.get().state().isOver()) {
      attention.attend(context, id);
    }
    return get(context, id);
  }

  @Override
  public UUID register(Tx tx, NewSecret secret) {
    UUID id = SecretSubjects.of(tx.context().tenantId(), secret.reference());
    int days = secret.days() == 0 ? rotators.of(secret.kind()).rules().days() : secret.days();
    Instant now = records.now();
    RotatingSecret row =
        new RotatingSecret(
            id, secret.kind(), secret.reference(), secret.subjectId(), days, now, now);
    try {
      records.secrets().insert(tx, Plans.from(row, now, days));
    } catch (SQLException e) {
      throw new RookeryException(
          CommonErrors.INTERNAL, "The secret could not be registered for rotation", e);
    }
    return id;
  }

  @Override
  public void forget(Tx tx, UUID secretId) {
    try {
      if (records.store().open(tx, secretId).isPresent()) {
        throw new RookeryException(
            CommonErrors.WRONG_STATE,
            "The secret is being rotated; wait for the end or take it back");
      }
      records.secrets().delete(tx, secretId);
    } catch (SQLException e) {
      throw new RookeryException(
          CommonErrors.INTERNAL, "The secret could not be taken off rotation", e);
    }
  }
}
