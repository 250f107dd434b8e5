// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import io.rookery.api.certificates.Certificates;
import io.rookery.api.mailboxes.LinkHosts;
import io.rookery.api.secrets.PlatformSecrets;
import io.rookery.api.tenancy.TenantService;
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
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has every admitted host have a certificate. One node at a time does it, a few orders a minute; a
 * host whose order failed waits ever longer, and all wait where the authority says so.
 */
@Component(
    service = {Schedule.class, Certificates.class},
    configurationPid = HttpsConfiguration.PID,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=certificates)"))
@Designate(ocd = HttpsConfiguration.class)
public final class CertificateUpkeep implements Schedule, Certificates {

  private static final Logger LOG = LoggerFactory.getLogger(CertificateUpkeep.class);

  /** Fewer than authorities take; a first start with many hosts takes its time. */
  private static final int AT_A_TIME = 5;

  private static final int LOOKS = 50;

  private static final Duration KEPT = Duration.ofDays(30);

  private final Transactions transactions;
  private final LinkHosts hosts;
  private final boolean agreed;
  private final Orders orders;
  private final Clock clock;
  private final CertificateStore store = new CertificateStore();
  private Instant pausedUntil = Instant.MIN;

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
        AcmeSettings.of(configuration),
        new KeySecrets(secrets, () -> tenants.operator(Actor.system("certificates"))),
        Clock.systemUTC());
  }

  private CertificateUpkeep(
      Transactions transactions,
      LinkHosts hosts,
      AcmeSettings settings,
      KeySecrets secrets,
      Clock clock) {
    this(
        transactions,
        hosts,
        settings.agreed(),
        new Orders(
            transactions,
            new AcmeAuthority(settings, () -> secrets.account(settings.directory().toString())),
            secrets,
            clock),
        clock);
  }

  CertificateUpkeep(
      Transactions transactions, LinkHosts hosts, boolean agreed, Orders orders, Clock clock) {
    this.transactions = transactions;
    this.hosts = hosts;
    this.agreed = agreed;
    this.orders = orders;
    this.clock = clock;
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
    int left = AT_A_TIME;
    int looks = LOOKS;
    for (CertificateRow row : wanted()) {
      Instant now = now();
      if (row.isDue(now) && left > 0 && !pausedUntil.isAfter(now)) {
        left--;
        order(row);
      } else if (row.isToBeLookedAt(now) && looks > 0) {
        looks--;
        save(orders.lookedAt(row));
      }
    }
  }

  /** Returns the rows of admitted hosts, and lets those go that are long out of use. */
  private List<CertificateRow> wanted() {
    Set<String> admitted = new HashSet<>(hosts.admitted());
    Map<String, CertificateRow> rows = new HashMap<>();
    for (CertificateRow row : system(store::list)) {
      if (admitted.contains(row.host())) {
        rows.put(row.host(), row);
      } else if (row.notAfter() == null || row.notAfter().plus(KEPT).isBefore(now())) {
        system(
            connection -> {
              store.delete(connection, row.host());
              return null;
            });
      }
    }
    for (String host : admitted) {
      rows.computeIfAbsent(host, name -> save(CertificateRow.wanted(name, now())));
    }
    List<CertificateRow> wanted = new ArrayList<>(rows.values());
    wanted.sort(Comparator.comparing(CertificateRow::nextTryAt));
    return wanted;
  }

  private void order(CertificateRow row) throws InterruptedException {
    // What was admitted when the list was made may not be any more, and orders take a while.
    if (!hosts.admits(row.host())) {
      return;
    }
    try {
      save(orders.order(row));
      LOG.info("There is a new certificate for {}", row.host());
    } catch (OrderException e) {
      CertificateRow failed = save(row.failed(e, now()));
      if (e.notBefore() != null) {
        pausedUntil = e.notBefore();
      }
      LOG.warn(
          "No certificate for {}, again at {}: {}", row.host(), failed.nextTryAt(), e.getMessage());
    }
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
    CertificateRow row =
        system(connection -> store.find(connection, name))
            .orElseGet(() -> CertificateRow.wanted(name, now));
    save(
        new CertificateRow(
            name,
            row.version(),
            row.issuer(),
            row.notBefore(),
            row.notAfter(),
            now,
            row.lookedAt(),
            row.failures(),
            row.trouble(),
            now));
  }

  private CertificateRow save(CertificateRow row) {
    system(
        connection -> {
          store.save(connection, row);
          return null;
        });
    return row;
  }

  private <T> T system(SystemWork<T> work) {
    return transactions.system(SystemPurpose.LINK_HOSTS, work);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
