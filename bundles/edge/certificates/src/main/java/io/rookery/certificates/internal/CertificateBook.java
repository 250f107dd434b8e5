// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import io.rookery.api.certificates.ServerKey;
import io.rookery.api.certificates.ServerKeys;
import io.rookery.api.monitoring.HealthCheck;
import io.rookery.api.monitoring.MetricSource;
import io.rookery.api.secrets.PlatformSecrets;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.Actor;
import io.rookery.persistence.Schema;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that this node shows. It looks every ten seconds which are new, and keeps what it has
 * while the database or the secret store cannot be had.
 */
@Component(
    service = {ServerKeys.class, MetricSource.class, HealthCheck.class},
    immediate = true,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=certificates)"))
public final class CertificateBook implements ServerKeys, MetricSource, HealthCheck {

  private static final Logger LOG = LoggerFactory.getLogger(CertificateBook.class);
  private static final Duration EVERY = Duration.ofSeconds(10);

  /** A certificate whose renewal has failed until so shortly before its end needs a person. */
  private static final Duration LATE = Duration.ofDays(14);

  /** Or once no more than this part of its life is left, where that is shorter. */
  private static final int LATE_PART = 4;

  private final Transactions transactions;
  private final KeySecrets secrets;
  private final Clock clock;
  private final CertificateStore store = new CertificateStore();
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "rookery-certificates"));
  private String lastTrouble = "";

  /** A key by the version of its secret. */
  private record Known(int version, ServerKey key) {

    Instant end() {
      return key.certificate().getNotAfter().toInstant();
    }

    boolean isLate(Instant now) {
      Instant begin = key.certificate().getNotBefore().toInstant();
      Duration part = Duration.between(begin, end()).dividedBy(LATE_PART);
      return end().minus(part.compareTo(LATE) < 0 ? part : LATE).isBefore(now);
    }
  }

  /** Begins to look. */
  @Activate
  public CertificateBook(
      @Reference Transactions transactions,
      @Reference PlatformSecrets secrets,
      @Reference TenantService tenants) {
    this(
        transactions,
        new KeySecrets(secrets, () -> tenants.operator(Actor.system("certificates"))),
        Clock.systemUTC());
    looking.scheduleWithFixedDelay(this::look, 0, EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  CertificateBook(Transactions transactions, KeySecrets secrets, Clock clock) {
    this.transactions = transactions;
    this.secrets = secrets;
    this.clock = clock;
  }

  /** Looks no more. */
  @Deactivate
  public void close() {
    looking.shutdownNow();
  }

  /** Takes up what is new, and lets go what is there no more. */
  void look() {
    String trouble = "";
    try {
      List<CertificateRow> rows =
          transactions.system(SystemPurpose.LINK_HOSTS, store::list).stream()
              .filter(row -> row.version() > 0)
              .toList();
      known.keySet().retainAll(rows.stream().map(CertificateRow::host).toList());
      for (CertificateRow row : rows) {
        trouble = takeUp(row).orElse(trouble);
      }
    } catch (RuntimeException e) { // The next look is soon.
      trouble = e.toString();
    }
    if (!trouble.equals(lastTrouble) && !trouble.isEmpty()) {
      LOG.warn("New certificates cannot be taken up now: {}", trouble);
    }
    lastTrouble = trouble;
  }

  /** Returns what kept a new key from being taken up; one that cannot be read stops no other. */
  private Optional<String> takeUp(CertificateRow row) {
    Known before = known.get(row.host());
    if (before != null && before.version() == row.version()) {
      return Optional.empty();
    }
    try {
      known.put(row.host(), new Known(row.version(), secrets.read(row.host())));
      return Optional.empty();
    } catch (RuntimeException | GeneralSecurityException e) {
      return Optional.of(row.host() + ": " + e);
    }
  }

  @Override
  public Optional<ServerKey> find(String host) {
    return host == null ? Optional.empty() : Optional.ofNullable(known.get(host)).map(Known::key);
  }

  @Override
  public List<Sample> samples() {
    Optional<Known> first = first();
    Sample all =
        new Sample(
            "rookery_certificates",
            "Certificates that this node shows",
            false,
            Map.of(),
            known.size());
    return first.isEmpty()
        ? List.of(all)
        : List.of(
            all,
            new Sample(
                "rookery_certificate_expiry_seconds",
                "Until the first of the certificates that this node shows expires",
                false,
                Map.of(),
                Duration.between(clock.instant(), first.get().end()).toSeconds()));
  }

  private Optional<Known> first() {
    return known.values().stream().min(Comparator.comparing(Known::end));
  }

  @Override
  public String name() {
    return "certificates";
  }

  /** Never keeps the node from its work; its detail warns. */
  @Override
  public Health check() {
    List<String> late =
        known.entrySet().stream()
            .filter(entry -> entry.getValue().isLate(clock.instant()))
            .map(entry -> entry.getKey() + " until " + entry.getValue().end())
            .sorted()
            .limit(5)
            .toList();
    String detail =
        late.isEmpty()
            ? known.size() + " certificates, none of which is late to be renewed"
            : "WARNING: not renewed yet: " + String.join(", ", late);
    return new Health(true, detail);
  }
}
