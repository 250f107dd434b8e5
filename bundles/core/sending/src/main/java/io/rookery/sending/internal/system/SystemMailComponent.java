// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.system;

import io.rookery.api.campaigns.MessageContents;
import io.rookery.api.contacts.SuppressionService;
import io.rookery.api.mailboxes.SystemMailbox;
import io.rookery.api.monitoring.HealthCheck;
import io.rookery.api.people.PeopleMail;
import io.rookery.api.tenancy.TenantService;
import io.rookery.events.EventLog;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.LaneUrge;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the platform's own mail queued, on every node: two that do so at once queue one. */
@Component(service = HealthCheck.class, immediate = true)
public final class SystemMailComponent implements HealthCheck {

  private static final Logger LOG = LoggerFactory.getLogger(SystemMailComponent.class);

  private final Post post;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "rookery-system-mail");
            thread.setDaemon(true);
            return thread;
          });
  private boolean failing;

  /** Begins to look each second. */
  @Activate
  public SystemMailComponent(
      @Reference Transactions transactions,
      @Reference EventLog events,
      @Reference TenantService tenants,
      @Reference SuppressionService suppressions,
      @Reference PeopleMail mail,
      @Reference SystemMailbox mailbox,
      @Reference MessageContents contents,
      @Reference LaneUrge urge,
      @Reference(target = "(area=sending)") Schema schema) {
    this.post =
        new Post(
            new Post.Neighbours(
                transactions, events, tenants, suppressions, mail, mailbox, contents, urge::urge),
            Clock.systemUTC());
    executor.scheduleWithFixedDelay(this::round, 1, 1, TimeUnit.SECONDS);
  }

  private void round() {
    try {
      post.round();
      failing = false;
    } catch (RuntimeException e) {
      if (!failing) {
        LOG.warn("The platform's own mail waits: {}", e.toString());
      }
      failing = true;
    }
  }

  @Deactivate
  void stop() {
    executor.shutdownNow();
  }

  @Override
  public String name() {
    return "system-mail";
  }

  /** What waits keeps nobody from using the node. */
  @Override
  public Health check() {
    String obstacle = post.obstacle();
    return new Health(true, obstacle == null ? "queued as it comes" : "waits, as " + obstacle);
  }
}
