// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import io.rookery.api.mailboxes.RecordPurpose;
import io.rookery.api.mailboxes.RecordVerdict;
import io.rookery.api.mailboxes.ReturnPathHosts;
import io.rookery.api.mailboxes.SendingDomain.State;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Finds return paths by what the last look at a domain's records came to. */
@Component(
    service = ReturnPathHosts.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=mailboxes)"))
public final class ReturnPathHostsImpl implements ReturnPathHosts {

  private static final Duration KNOWN = Duration.ofSeconds(30);
  private static final int MOST = 10_000;

  private final Transactions transactions;
  private final Clock clock;
  private final DomainStore store = new DomainStore();
  private final Map<Sender, Entry> entries = new Recent();

  /** Makes the service. */
  @Activate
  public ReturnPathHostsImpl(@Reference Transactions transactions) {
    this(transactions, Clock.systemUTC());
  }

  ReturnPathHostsImpl(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Whose mail it is: the tenant's, from this domain. */
  private record Sender(UUID tenantId, String domain) {}

  private record Entry(Instant at, Optional<String> host) {}

  /** The senders that were asked for last. */
  private static final class Recent extends LinkedHashMap<Sender, Entry> {

    private static final long serialVersionUID = 1L;

    Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Sender, Entry> eldest) {
      return size() > MOST;
    }
  }

  @Override
  public Optional<String> of(TenantContext context, String domain) {
    Sender sender = new Sender(context.tenantId(), domain.toLowerCase(Locale.ROOT));
    Instant now = clock.instant();
    synchronized (entries) {
      Entry known = entries.get(sender);
      if (known != null && now.isBefore(known.at().plus(KNOWN))) {
        return known.host();
      }
    }
    Entry read = new Entry(now, read(context, sender.domain()));
    synchronized (entries) {
      entries.put(sender, read);
    }
    return read.host();
  }

  private Optional<String> read(TenantContext context, String domain) {
    List<String> names = DomainNames.upwards(domain);
    return transactions.call(context, tx -> store.named(tx, names)).stream()
        .filter(ReturnPathHostsImpl::isRight)
        .map(DomainRow::returnPathHost)
        .findFirst();
  }

  /**
   * Bounces have to arrive and the envelope has to pass SPF, be it by an alias of the operator's
   * host or by records of its own. What could not be reached last time is not known to be right.
   */
  private static boolean isRight(DomainRow row) {
    return row.state() == State.VERIFIED
        && isOk(row, RecordPurpose.MX)
        && isOk(row, RecordPurpose.SPF);
  }

  private static boolean isOk(DomainRow row, RecordPurpose purpose) {
    return row.checks().stream()
        .anyMatch(
            result ->
                result.isAbout(purpose, row.returnPathHost())
                    && result.verdict() == RecordVerdict.OK);
  }
}
