// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.rates;

import io.rookery.api.sending.SendingRates;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells how fast mail leaves. */
@Component(
    service = SendingRates.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=sending)"))
public final class SendingRatesImpl implements SendingRates {

  private static final int MOST = 100;

  private final Transactions transactions;
  private final Clock clock;
  private final RateQueries queries = new RateQueries();

  /** Makes the service. */
  @Activate
  public SendingRatesImpl(@Reference Transactions transactions) {
    this(transactions, Clock.systemUTC());
  }

  SendingRatesImpl(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  @Override
  public Rates rates(TenantContext context, Window window, int top) {
    if (top < 1 || top > MOST) {
      throw RookeryException.invalid("/top", "Must be from 1 to " + MOST);
    }
    Instant now = clock.instant();
    return transactions.call(context, tx -> rates(tx, window, top, now));
  }

  private Rates rates(Tx tx, Window window, int top, Instant now) throws SQLException {
    Instant since = now.minus(window.length());
    List<MailboxRate> mailboxes = new ArrayList<>();
    queries
        .byName(tx, RateRow.MAILBOX, since)
        .forEach((name, of) -> mailboxes.add(new MailboxRate(UUID.fromString(name), of)));
    List<DomainRate> domains = new ArrayList<>();
    queries
        .byName(tx, RateRow.DOMAIN, since)
        .forEach((name, of) -> domains.add(new DomainRate(name, of)));
    return new Rates(
        window,
        now,
        queries.byName(tx, RateRow.TENANT, since).getOrDefault("", Outcomes.NONE),
        mailboxes.subList(0, Math.min(top, mailboxes.size())),
        domains.subList(0, Math.min(top, domains.size())),
        points(tx, window, now));
  }

  private List<Point> points(Tx tx, Window window, Instant now) throws SQLException {
    int seconds = (int) window.point().toSeconds();
    Instant last = RateStore.begin(now, seconds);
    Instant first = last.minus(window.length()).plusSeconds(seconds);
    Map<Instant, Outcomes> known = queries.points(tx, first, window.point());
    List<Point> points = new ArrayList<>();
    for (Instant at = first; !at.isAfter(last); at = at.plusSeconds(seconds)) {
      points.add(new Point(at, known.getOrDefault(at, Outcomes.NONE)));
    }
    return points;
  }
}
