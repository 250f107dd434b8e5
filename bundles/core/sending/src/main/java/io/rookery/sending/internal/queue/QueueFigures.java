// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.queue;

import io.rookery.api.monitoring.MetricSource;
import io.rookery.jobs.Schedule;
import io.rookery.persistence.Schema;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The platform's queue in figures for monitoring. One node at a time reads them, every fifteen
 * seconds, and shows them until somebody else does; the others show none, so that nothing is added
 * up twice. Counts are of indexes and end at a bound.
 */
@Component(
    service = {Schedule.class, MetricSource.class},
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=sending)"))
public final class QueueFigures implements Schedule, MetricSource {

  /** How far is counted. */
  static final int COUNTED = 100_000;

  private static final Duration EVERY = Duration.ofSeconds(15);
  private static final Duration SHOWN = Duration.ofSeconds(35);

  private static final String READ =
      """
      select %s as due, %s as held, %s as failed, %s as in_doubt,
        (select min(due_at) from tenant.lane where due_at <= ?) as oldest
      """
          .formatted(count("due"), count("held"), count("failed"), count("in_doubt"));

  private final Transactions transactions;
  private final Clock clock;
  private volatile Figures figures;

  /** Makes the source. */
  @Activate
  public QueueFigures(@Reference Transactions transactions) {
    this(transactions, Clock.systemUTC());
  }

  QueueFigures(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  private record Figures(
      Instant at, long due, long held, long failed, long inDoubt, double overdue) {}

  private static String count(String state) {
    return "(select count(*) from (select from tenant.message where state = '%s' limit %d) as c)"
        .formatted(state, COUNTED);
  }

  @Override
  public String name() {
    return "sending.figures";
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run() {
    figures = transactions.system(SystemPurpose.MONITORING, this::read);
  }

  private Figures read(Connection system) throws SQLException {
    Instant now = clock.instant();
    try (PreparedStatement select = system.prepareStatement(READ)) {
      select.setObject(1, now.atOffset(ZoneOffset.UTC));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        Timestamp oldest = row.getTimestamp("oldest");
        double overdue =
            oldest == null ? 0 : Duration.between(oldest.toInstant(), now).toMillis() / 1000.0;
        return new Figures(
            now,
            row.getLong("due"),
            row.getLong("held"),
            row.getLong("failed"),
            row.getLong("in_doubt"),
            Math.max(0, overdue));
      }
    }
  }

  @Override
  public List<Sample> samples() {
    Figures last = figures;
    if (last == null || clock.instant().isAfter(last.at().plus(SHOWN))) {
      return List.of();
    }
    String counted = ", counted up to " + COUNTED;
    return List.of(
        gauge("rookery_queue_due", "Messages that wait for their turn" + counted, last.due()),
        gauge("rookery_queue_held", "Messages of paused campaigns" + counted, last.held()),
        gauge(
            "rookery_queue_overdue_seconds",
            "For how long the lane has waited that waits longest and is not held back",
            last.overdue()),
        gauge(
            "rookery_dead_letters",
            "Messages that were refused for good or given up" + counted,
            last.failed()),
        gauge(
            "rookery_messages_in_doubt",
            "Messages given away without a final answer" + counted,
            last.inDoubt()));
  }

  private static Sample gauge(String name, String help, double value) {
    return new Sample(name, help, false, Map.of(), value);
  }
}
