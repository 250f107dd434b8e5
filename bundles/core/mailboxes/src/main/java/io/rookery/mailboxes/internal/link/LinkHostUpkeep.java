// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.link;

import io.rookery.api.mailboxes.RecordVerdict;
import io.rookery.events.EventLog;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.mailboxes.internal.domain.DomainPlatform;
import io.rookery.mailboxes.internal.link.LinkHostRow.Look;
import io.rookery.mailboxes.internal.link.LinkHostStore.DueHost;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at link hosts that are due: at their records, and whether requests come back. */
final class LinkHostUpkeep {

  private static final Logger LOG = LoggerFactory.getLogger(LinkHostUpkeep.class);
  private static final Actor ACTOR = Actor.system("mailboxes");
  private static final int AT_A_TIME = 100;
  private static final int EACH = 10;

  private final Transactions transactions;
  private final DomainPlatform platform;
  private final UnaryOperator<String> probe;
  private final Clock clock;
  private final DomainLinks links;
  private final LinkHostStore store = new LinkHostStore();

  /** Asks hosts by {@code probe}, which returns what is wrong or null. */
  LinkHostUpkeep(
      Transactions transactions,
      EventLog events,
      DomainPlatform platform,
      UnaryOperator<String> probe,
      Clock clock) {
    this.transactions = transactions;
    this.platform = platform;
    this.probe = probe;
    this.clock = clock;
    this.links = new DomainLinks(events);
  }

  void run() throws InterruptedException {
    List<DueHost> due =
        transactions.system(
            SystemPurpose.LINK_HOSTS,
            system -> store.due(system, clock.instant(), EACH, AT_A_TIME));
    for (DueHost host : due) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      try {
        look(TenantContext.of(host.tenantId(), ACTOR), host);
      } catch (RuntimeException e) { // One that fails must not keep the others from their look.
        LOG.warn("Link host {} is not looked at: {}", host.id(), e.toString());
      }
    }
  }

  /** A host and whether its domain is verified. */
  private record Subject(LinkHostRow row, boolean covered) {}

  private void look(TenantContext context, DueHost due) {
    Optional<Subject> subject = transactions.call(context, tx -> subject(tx, due, false));
    if (subject.isEmpty()) {
      return;
    }
    String host = subject.get().row().host();
    RecordVerdict records = platform.trackingHost(host).verdict();
    boolean asks = subject.get().covered() && records == RecordVerdict.OK;
    String trouble = asks ? probe.apply(host) : null;
    transactions.call(
        context,
        tx -> {
          Optional<Subject> present = subject(tx, due, true);
          if (present.isPresent()) {
            // Its domain may have been lost, but not found, while it was being asked.
            boolean covered = subject.get().covered() && present.get().covered();
            settle(tx, present.get().row(), new Look(covered, records, trouble));
          }
          return null;
        });
  }

  private Optional<Subject> subject(Tx tx, DueHost due, boolean lock) throws SQLException {
    Optional<LinkHostRow> row = store.find(tx, due.id(), lock);
    return row.isEmpty()
        ? Optional.empty()
        : Optional.of(new Subject(row.get(), store.isCovered(tx, row.get().domainId())));
  }

  private void settle(Tx tx, LinkHostRow before, Look look) throws SQLException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    LinkHostRow after = before.after(look, now);
    store.update(tx, after);
    links.tell(tx, before, after, now);
  }
}
