// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.alert;

import io.rookery.api.secrets.OperatorLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Transactions;
import io.rookery.spi.secrets.SignInWatch;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records in the operator's log that a store refused a sign-in, by a thread of its own: who waits
 * for a secret need not wait for that. What cannot be recorded is told at WARN.
 */
@Component(service = SignInWatch.class)
public final class StoreSignIns implements SignInWatch {

  private static final Logger LOG = LoggerFactory.getLogger(StoreSignIns.class);
  private static final int WAITING = 100;

  private final Transactions transactions;
  private final Alerts alerts;
  private final Clock clock;
  private final ExecutorService thread =
      new ThreadPoolExecutor(
          1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), StoreSignIns::thread);

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile OperatorLog operator;

  /** Records by the alerts. */
  @Activate
  public StoreSignIns(@Reference Transactions transactions, @Reference Alerts alerts) {
    this(transactions, alerts, Clock.systemUTC());
  }

  StoreSignIns(Transactions transactions, Alerts alerts, Clock clock) {
    this.transactions = transactions;
    this.alerts = alerts;
    this.clock = clock;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "rookery-store-sign-ins");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void refused(String store) {
    Instant now = clock.instant();
    try {
      thread.execute(() -> record(store, now));
    } catch (RejectedExecutionException e) {
      LOG.warn("A refused sign-in at the secret store {} is not recorded: too many wait", store);
    }
  }

  private void record(String store, Instant at) {
    OperatorLog log = operator;
    try {
      if (log == null) {
        throw new IllegalStateException("The operator is not known yet");
      }
      TenantContext context = log.as(Actor.system("secrets"));
      transactions.call(
          context,
          tx -> {
            alerts.record(tx, event(store, at), Reason.SIGN_INS);
            return null;
          });
    } catch (RuntimeException e) {
      LOG.warn(
          "A refused sign-in at the secret store {} is not recorded: {}", store, e.getMessage());
    }
  }

  private static NewEvent event(String store, Instant at) {
    UUID subject = UUID.nameUUIDFromBytes(("store/" + store).getBytes(StandardCharsets.UTF_8));
    return NewEvent.of("secret.store_refused", subject, at, Map.of("store", store));
  }

  /** Records what it was told and ends. */
  @Deactivate
  public void close() {
    thread.shutdown();
  }
}
