// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.alert;

import io.rookery.api.monitoring.MetricSource;
import io.rookery.api.secrets.SecretAlerts;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.Actor;
import io.rookery.kernel.Tx;
import io.rookery.secrets.internal.alert.Happened.Window;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Alerts once what happens is more than is borne within its window, and not again before as much
 * time has passed. What is counted stands in the log, so that it counts over all nodes and
 * restarts.
 */
@Component(service = {SecretAlerts.class, MetricSource.class, Alerts.class})
public final class Alerts implements SecretAlerts, MetricSource {

  private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);
  private static final String TYPE = "secret.alert";

  private final EventLog log;
  private final Clock clock;
  private final Map<Reason, AtomicLong> alerts = new EnumMap<>(Reason.class);

  /** Alerts by the log. */
  @Activate
  public Alerts(@Reference EventLog log) {
    this(log, Clock.systemUTC());
  }

  /** Alerts by a given clock. */
  public Alerts(EventLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
    Arrays.stream(Reason.values()).forEach(reason -> alerts.put(reason, new AtomicLong()));
  }

  /** Records that a tenant's secret was read; alerts where one person reads it too often. */
  public void read(Tx tx, NewEvent read) throws SQLException {
    Actor.Kind reader = tx.context().actor().kind();
    if (reader == Actor.Kind.USER || reader == Actor.Kind.OPERATOR) {
      record(tx, read, Reason.READS);
    } else {
      log.append(tx, read);
    }
  }

  /** Records something; alerts where the caller of the transaction did it too often. */
  void record(Tx tx, NewEvent event, Reason reason) throws SQLException {
    Happened.takeTurn(tx, event.subjectId());
    log.append(tx, event);
    Window window = new Window(event.occurredAt(), reason.window());
    int times = Happened.since(tx, event.subjectId(), event.type(), window, null);
    if (times > reason.borne()
        && Happened.since(tx, event.subjectId(), TYPE, window, reason) == 0) {
      Map<String, Object> data = new TreeMap<>(event.data());
      data.keySet().retainAll(List.of("reference", "store"));
      data.put("times", times);
      data.put("within_seconds", reason.window().toSeconds());
      alert(tx, reason, event.subjectId(), event.occurredAt(), data);
    }
  }

  @Override
  public void emergency(Tx tx, UUID subjectId, String incidentId) {
    Map<String, Object> data = new TreeMap<>(Map.of("incident_id", incidentId));
    alert(tx, Reason.EMERGENCY, subjectId, clock.instant(), data);
  }

  private void alert(Tx tx, Reason reason, UUID subject, Instant at, Map<String, Object> data) {
    data.put("reason", reason.word());
    log.append(tx, NewEvent.of(TYPE, subject, at, data));
    alerts.get(reason).incrementAndGet();
    LOG.warn(
        "Alert about secrets of tenant {}: subject {}, by {} {}, {}",
        tx.context().tenantId(),
        subject,
        tx.context().actor().kind(),
        tx.context().actor().id(),
        data);
  }

  @Override
  public List<Sample> samples() {
    return alerts.entrySet().stream()
        .map(
            each ->
                new Sample(
                    "rookery_secret_alerts_total",
                    "Alerts about secrets since this node started",
                    true,
                    Map.of("reason", each.getKey().word()),
                    each.getValue().get()))
        .toList();
  }
}
