// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import io.rookery.api.certificates.Certificates;
import io.rookery.api.mailboxes.LinkHosts;
import io.rookery.api.secrets.PlatformSecrets;
import io.rookery.api.tenancy.TenantService;
import io.rookery.certificates.internal.Turns.Turn;
import io.rookery.jobs.Schedule;
import io.rookery.kernel.Actor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.persistence.Schema;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.SystemWork;
import io.rookery.persistence.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has every admitted host have a certificate. One node at a time does it, a few orders a minute in
 * the order of {@link Turns}; a host whose order failed waits ever longer, and as long as the
 * authority says. What a row became is applied to it as it is then, as an order takes minutes.
 */
@Component(
    service = {Schedule.class, Certificates.class},
    configurationPid = HttpsConfiguration.PID,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=certificates)"))
@Designate(ocd = HttpsConfiguration.class)
public final class CertificateUpkeep implements Schedule, Certificates {

  private static final Logger LOG = LoggerFactory.getLogger(CertificateUpkeep.class);

  private static final int LOOKS = 50;

  private static final Duration KEPT = Duration.ofDays(30);

  private final Transactions transactions;
  private final LinkHosts hosts;
  private final boolean agreed;
  private final Orders orders;
  private final Turns turns;
  private final Clock clock;
  private final CertificateStore store = new CertificateStore();

  /**
   * How certificates are ordered.
   *
   * @param agreed whether the operator agrees to the authority's terms; nothing is ordered else
   */
  record Ordering(boolean agreed, Orders orders, Turns turns) {}

  /** Makes the schedule. */
  @Activate
  public CertificateUpkeep(
      HttpsConfiguration configuration,
      @Reference Transactions transactions,
      @Reference LinkHosts hosts,
      @Reference PlatformSecrets secrets,
      @Reference TenantService tenants) {
    this(
        transactions,
        hosts,
        ordering(
            transactions,
            AcmeSettings.of(configuration),
            new KeySecrets(secrets, () -> tenants.operator(Actor.system("certificates"))),
            new TenantHosts(tenants, hosts)),
        Clock.systemUTC());
  }

  CertificateUpkeep(Transactions transactions, LinkHosts hosts, Ordering ordering, Clock clock) {
    this.transactions = transactions;
    this.hosts = hosts;
    this.agreed = ordering.agreed();
    this.orders = ordering.orders();
    this.turns = ordering.turns();
    this.clock = clock;
  }

  private static Ordering ordering(
      Transactions transactions, AcmeSettings settings, KeySecrets secrets, HostOwners owners) {
    Authority authority =
        new AcmeAuthority(settings, () -> secrets.account(settings.directory().toString()));
    Orders orders = new Orders(transactions, authority, secrets, Clock.systemUTC());
    return new Ordering(settings.agreed(), orders, new Turns(owners));
  }

  @Override
  public String name() {
    return "certificates.upkeep";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  @Override
  public void run() throws InterruptedException {
    if (!agreed) {
      return;
    }
    List<String> admitted = hosts.admitted();
    List<CertificateRow> rows = wanted(admitted);
    Instant now = now();
    List<CertificateRow> due = rows.stream().filter(row -> row.isDue(now)).toList();
    // That of the public address is the first; where it has no name any other does no harm there.
    for (Turn turn : turns.next(due, admitted.isEmpty() ? null : admitted.get(0), now)) {
      if (turns.mayGo(turn, now())) {
        order(turn);
      }
    }
    rows.stream().filter(row -> row.isToBeLookedAt(now)).limit(LOOKS).forEach(this::look);
  }

  /** Returns the rows of admitted hosts, and lets those go that are long out of use. */
  private List<CertificateRow> wanted(List<String> admitted) {
    Set<String> names = new HashSet<>(admitted);
    Map<String, CertificateRow> rows = new HashMap<>();
    for (CertificateRow row : system(store::list)) {
      if (names.contains(row.host())) {
        rows.put(row.host(), row);
      } else if (row.notAfter() == null || row.notAfter().plus(KEPT).isBefore(now())) {
        system(
            connection -> {
              store.delete(connection, row.host());
              return null;
            });
      }
    }
    for (String host : names) {
      rows.computeIfAbsent(
          host, name -> update(CertificateRow.wanted(name, now()), UnaryOperator.identity()));
    }
    List<CertificateRow> wanted = new ArrayList<>(rows.values());
    wanted.sort(Comparator.comparing(CertificateRow::nextTryAt));
    return wanted;
  }

  /** Orders for one host; whatever goes wrong stands in its row and stops no other. */
  private void order(Turn turn) throws InterruptedException {
    CertificateRow row = turn.row();
    // What was admitted when the list was made may not be any more, and orders take a while.
    if (!hosts.admits(row.host())) {
      return;
    }
    try {
      keep(row, orders.order(row));
      turns.fulfilled(turn);
      LOG.info("There is a new certificate for {}", row.host());
    } catch (OrderException e) {
      failed(turn, e);
    } catch (RuntimeException e) {
      LOG.warn("An order failed as nobody foresaw", e);
      failed(turn, OrderException.unforeseen(e));
    }
  }

  private void keep(CertificateRow row, Orders.Issued issued) throws OrderException {
    try {
      update(row, current -> current.got(issued, row, now()));
    } catch (RuntimeException e) {
      throw OrderException.lost(e);
    }
  }

  private void failed(Turn turn, OrderException why) {
    CertificateRow row = turn.row();
    CertificateRow failed = update(row, current -> current.failed(why, row, now()));
    if (why.notBefore() != null) {
      turns.refused(turn, why.notBefore(), now());
    }
    LOG.warn(
        "No certificate for {}, again at {}: {}", row.host(), failed.nextTryAt(), failed.trouble());
    LOG.debug("Why there is none", why);
  }

  private void look(CertificateRow row) {
    Instant renewal = orders.renewal(row);
    update(row, current -> current.lookedAt(renewal, row, now()));
  }

  @Override
  public List<HostCertificate> list() {
    return system(store::list).stream().map(CertificateRow::shown).toList();
  }

  @Override
  public void renew(String host) {
    if (!agreed) {
      throw new RookeryException(
          CommonErrors.WRONG_STATE,
          "No certificates are ordered: set acme.agree in etc/io.rookery.https.cfg");
    }
    String name = host.toLowerCase(Locale.ROOT);
    if (!hosts.admits(name)) {
      throw RookeryException.notFound("host that a certificate may be had for");
    }
    Instant now = now();
    update(CertificateRow.wanted(name, now), row -> row.askedFor(now));
  }

  /**
   * Changes a row as it is now, which may be another than it was, and returns it.
   *
   * @param otherwise what is changed where there is none
   */
  private CertificateRow update(CertificateRow otherwise, UnaryOperator<CertificateRow> change) {
    return system(
        connection -> {
          CertificateRow row = store.lock(connection, otherwise.host()).orElse(otherwise);
          CertificateRow changed = change.apply(row);
          store.save(connection, changed);
          return changed;
        });
  }

  private <T> T system(SystemWork<T> work) {
    return transactions.system(SystemPurpose.LINK_HOSTS, work);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
