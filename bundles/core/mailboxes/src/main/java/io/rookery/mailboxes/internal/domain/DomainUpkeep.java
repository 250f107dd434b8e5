// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import io.rookery.api.mailboxes.DomainRecord;
import io.rookery.api.mailboxes.RecordVerdict;
import io.rookery.api.mailboxes.SendingDomain;
import io.rookery.api.mailboxes.SendingDomainService;
import io.rookery.jobs.Schedule;
import io.rookery.kernel.Actor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.mailboxes.internal.domain.DomainStore.DueDomain;
import io.rookery.persistence.Schema;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at domains when they are due: verified ones daily, pending ones often at first and then
 * ever more seldom. Where name servers answer for no tenant's domains it leaves the rest for later;
 * those of one tenant alone stop nobody else's.
 */
@Component(
    service = Schedule.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=mailboxes)"))
public final class DomainUpkeep implements Schedule {

  private static final Logger LOG = LoggerFactory.getLogger(DomainUpkeep.class);
  private static final Actor ACTOR = Actor.system("mailboxes");
  private static final int AT_A_TIME = 200;
  private static final int EACH = 20;
  private static final int PATIENCE = 3;

  /** What a look came to, as far as it says something of the resolvers. */
  private enum Look {
    ANSWERED,
    SILENT,
    NOT_DONE
  }

  private final Transactions transactions;
  private final SendingDomainService domains;
  private final Clock clock;
  private final DomainStore store = new DomainStore();

  /** Makes the schedule. */
  @Activate
  public DomainUpkeep(
      @Reference Transactions transactions, @Reference SendingDomainService domains) {
    this(transactions, domains, Clock.systemUTC());
  }

  DomainUpkeep(Transactions transactions, SendingDomainService domains, Clock clock) {
    this.transactions = transactions;
    this.domains = domains;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "mailboxes.domains";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  @Override
  public void run() throws InterruptedException {
    List<DueDomain> due =
        transactions.system(
            SystemPurpose.JOBS, system -> store.due(system, clock.instant(), EACH, AT_A_TIME));
    Set<UUID> silent = new HashSet<>();
    for (DueDomain domain : due) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Look look = look(domain);
      if (look == Look.ANSWERED) {
        silent.clear();
      } else if (look == Look.SILENT) {
        silent.add(domain.tenantId());
      }
      if (silent.size() == PATIENCE) {
        LOG.warn("The resolvers answer for nobody's domains; the rest is checked later");
        return;
      }
    }
  }

  private Look look(DueDomain due) {
    try {
      SendingDomain domain = domains.verify(TenantContext.of(due.tenantId(), ACTOR), due.id());
      return domain.records().stream()
              .map(DomainRecord::verdict)
              .filter(Objects::nonNull)
              .anyMatch(DomainUpkeep::isAnswer)
          ? Look.ANSWERED
          : Look.SILENT;
    } catch (RuntimeException e) { // One that fails must not keep the others from their check.
      if (isForNow(e)) {
        LOG.debug("Domain {} is checked later: {}", due.id(), e.toString());
      } else {
        LOG.warn("Domain {} is not checked: {}", due.id(), e.toString());
      }
      return Look.NOT_DONE;
    }
  }

  /** Such as where its tenant has others checked now: it stays due. */
  private static boolean isForNow(RuntimeException e) {
    return e instanceof RookeryException known && known.code().equals(CommonErrors.UNAVAILABLE);
  }

  private static boolean isAnswer(RecordVerdict verdict) {
    return verdict != RecordVerdict.UNREACHABLE && verdict != RecordVerdict.UNCHECKED;
  }
}
