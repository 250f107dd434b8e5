// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit;

import io.rookery.api.audit.RefusalRecorder;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.audit.RefusalCounts.Further;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends refusals to the event log, from which the audit log has them. */
@Component(service = RefusalRecorder.class)
public final class RefusalLog implements RefusalRecorder {

  private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
  private static final String TYPE = "access.refused";

  private final Transactions transactions;
  private final EventLog log;
  private final Clock clock;
  private final RefusalCounts counts;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(RefusalLog::thread);

  /** Records once the tables are there. */
  @Activate
  public RefusalLog(
      @Reference Transactions transactions,
      @Reference EventLog log,
      @Reference AuditSettings settings,
      @Reference(target = "(area=tenancy)") Schema schema) {
    this(transactions, log, settings.refusalsPerMinute(), Clock.systemUTC());
    timer.scheduleWithFixedDelay(this::tell, 1, 1, TimeUnit.MINUTES);
  }

  RefusalLog(Transactions transactions, EventLog log, int perMinute, Clock clock) {
    this.transactions = transactions;
    this.log = log;
    this.clock = clock;
    this.counts = new RefusalCounts(perMinute);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "rookery-audit-refusals");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void refused(TenantContext context, UUID subjectId, String reason, String operation) {
    if (counts.admit(context, subjectId, minute())) {
      append(context, subjectId, Map.of("reason", reason, "operation", operation));
    }
  }

  /** Tells of those that were only counted, once their minute is over. */
  void tell() {
    counts.before(minute()).forEach(this::tell);
  }

  private void tell(Further further) {
    append(
        further.context(),
        further.subjectId(),
        Map.of("reason", "repeated", "count", further.count()));
  }

  private long minute() {
    return TimeUnit.MILLISECONDS.toMinutes(clock.millis());
  }

  private void append(TenantContext context, UUID subjectId, Map<String, ?> data) {
    NewEvent event = NewEvent.of(TYPE, subjectId, clock.instant(), data);
    try {
      transactions.call(
          context.withoutIdempotencyKey(),
          tx -> {
            log.append(tx, event);
            return null;
          });
    } catch (RookeryException e) {
      LOG.error("A refusal could not be recorded, request {}", context.requestId(), e);
    }
  }

  /** Tells all that was counted and stops. */
  @Deactivate
  public void close() {
    timer.shutdownNow();
    counts.before(Long.MAX_VALUE).forEach(this::tell);
  }
}
