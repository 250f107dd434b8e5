// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import io.rookery.api.secrets.PlatformKeys;
import io.rookery.api.tenancy.Authenticator;
import io.rookery.api.tenancy.RefusedKeyException;
import io.rookery.kernel.Actor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.Transactions;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.auth.BucketExchange;
import io.rookery.tenancy.internal.auth.CallCounts;
import io.rookery.tenancy.internal.auth.KeyCache;
import io.rookery.tenancy.internal.auth.LastUsed;
import io.rookery.tenancy.internal.auth.Rate;
import io.rookery.tenancy.internal.auth.Rates;
import io.rookery.tenancy.internal.auth.TokenBuckets;
import io.rookery.tenancy.internal.key.KeyDigests;
import io.rookery.tenancy.internal.key.KeyText;
import io.rookery.tenancy.internal.plan.Standings;
import io.rookery.tenancy.internal.store.BucketRows;
import io.rookery.tenancy.internal.store.KeyPointers;
import io.rookery.tenancy.internal.store.KeyPointers.Pointer;
import io.rookery.tenancy.internal.store.KeyRows;
import io.rookery.tenancy.internal.store.StoredKey;
import io.rookery.tenancy.internal.store.UsageRows;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Tells whose key a request carries: by memory where it was seen before, else by two look-ups. */
@Component(configurationPid = TenancyConfiguration.PID, immediate = true)
@Designate(ocd = TenancyConfiguration.class)
public final class AuthenticatorImpl implements Authenticator {

  private static final String REFUSED = "The API key is missing, broken, expired or revoked";
  private static final Actor ACTOR = Actor.system("tenancy");
  private static final int SECONDS = 60;
  private static final int FLUSH = 5;

  private final OperatorTenant operator;
  private final KeyDigests digests;
  private final KeyPointers pointers;
  private final KeyRows rows;
  private final KeyCache cache;
  private final LastUsed lastUsed;
  private final CallCounts calls;
  private final TokenBuckets buckets;
  private final BucketRows bucketRows;
  private final BucketExchange exchange;
  private final Rates rates;
  private final Rate operatorRate;
  private final Clock clock;
  private final ScheduledExecutorService upkeep =
      Executors.newScheduledThreadPool(2, AuthenticatorImpl::thread);

  /** Answers once the tables and the platform's keys are there. */
  @Activate
  public AuthenticatorImpl(
      @Reference Transactions transactions,
      @Reference Epochs epochs,
      @Reference PlatformKeys peppers,
      @Reference OperatorTenant operator,
      @Reference Standings standings,
      TenancyConfiguration configuration) {
    this(
        new Neighbours(transactions, epochs, peppers, operator, standings),
        Limits.of(configuration),
        Clock.systemUTC(),
        System::nanoTime);
    upkeep.scheduleWithFixedDelay(this::tidy, SECONDS, SECONDS, TimeUnit.SECONDS);
    upkeep.scheduleWithFixedDelay(calls::flush, FLUSH, FLUSH, TimeUnit.SECONDS);
    upkeep.scheduleWithFixedDelay(exchange::run, 0, BucketExchange.PERIOD, TimeUnit.NANOSECONDS);
  }

  /** Answers by given clocks, without upkeep of its own. */
  public AuthenticatorImpl(Neighbours neighbours, Limits limits, Clock clock, LongSupplier nanos) {
    this.operator = neighbours.operator();
    this.digests = new KeyDigests(neighbours.peppers());
    this.pointers = new KeyPointers(neighbours.transactions());
    this.rows = new KeyRows(neighbours.transactions());
    this.cache = new KeyCache(neighbours.epochs(), clock, limits.cachedKeys());
    this.lastUsed = new LastUsed(rows);
    this.calls = new CallCounts(new UsageRows(neighbours.transactions()), limits.cachedKeys());
    this.buckets = new TokenBuckets(BucketExchange.PERIOD, nanos);
    this.bucketRows = new BucketRows(neighbours.transactions());
    this.exchange = new BucketExchange(buckets, bucketRows);
    this.operatorRate = new Rate(limits.operatorPerMinute(), limits.operatorBurst());
    this.rates =
        new Rates(
            tenant -> rate(neighbours, tenant, limits.rate()),
            neighbours.epochs(),
            operator::id,
            clock,
            limits.cachedKeys());
    this.clock = clock;
  }

  private static Rate rate(Neighbours neighbours, UUID tenantId, Rate configured) {
    return neighbours
        .transactions()
        .call(TenantContext.of(tenantId, ACTOR), tx -> neighbours.standings().rate(tx, configured));
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "rookery-tenancy");
    thread.setDaemon(true);
    return thread;
  }

  /** Writes what was collected a last time and stops. */
  @Deactivate
  public void close() {
    upkeep.shutdownNow();
    try {
      // What still runs would tell the other nodes of one that is leaving.
      upkeep.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
    lastUsed.flush();
    calls.flush();
  }

  /** Writes when keys were used and how much, and forgets full buckets of all nodes. */
  void tidy() {
    lastUsed.flush();
    calls.flush();
    bucketRows.sweep();
  }

  @Override
  public Caller authenticate(Secret key, InetAddress source) {
    String text = key.reveal();
    if (!KeyText.wellFormed(text)) {
      throw refused();
    }
    byte[] digest = digests.digest(text).digest();
    KeyCache.Entry entry = cache.get(digest);
    if (entry == null) {
      entry = load(text);
      cache.put(digest, entry);
    }
    Instant now = clock.instant();
    if (entry.endsAt() != null && !now.isBefore(entry.endsAt()) || !entry.opensFrom(source)) {
      throw refused(entry.caller().tenantId(), entry.caller().keyId());
    }
    lastUsed.touch(entry.caller().tenantId(), entry.caller().keyId(), now);
    return entry.caller();
  }

  private KeyCache.Entry load(String text) {
    Instant now = clock.instant();
    Pointer pointer = pointers.find(digests.all(text)).orElseThrow(AuthenticatorImpl::refused);
    // The epochs first: a change after them makes the entry worthless at once.
    KeyCache.Stamp stamp = cache.stamp(pointer.tenantId());
    StoredKey stored = rows.load(pointer).orElseThrow(AuthenticatorImpl::refused);
    if (!stored.worksAt(now)) {
      throw refused(pointer.tenantId(), pointer.keyId());
    }
    Caller caller = caller(pointer, stored);
    return new KeyCache.Entry(caller, stored.addresses(), stored.expiresAt(), stamp, now);
  }

  private Caller caller(Pointer pointer, StoredKey key) {
    return new Caller(
        pointer.tenantId(),
        pointer.keyId(),
        key.scopes(),
        key.mode(),
        // Whoever sees a part of the operator's own tenant is none of its staff.
        pointer.tenantId().equals(operator.id()) && key.workspaces() == null,
        key.suspended(),
        key.workspaces());
  }

  private static RookeryException refused() {
    return new RookeryException(CommonErrors.UNAUTHENTICATED, REFUSED);
  }

  private static RookeryException refused(UUID tenantId, UUID keyId) {
    return new RefusedKeyException(tenantId, keyId, REFUSED);
  }

  @Override
  public void count(Caller caller, String operation) {
    calls.count(caller, operation, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
  }

  @Override
  public Allowance admit(Caller caller) {
    // Also for its people who are no staff: the operator's own tenant has no plan.
    Rate rate = operator.is(caller.tenantId()) ? operatorRate : rates.of(caller.tenantId());
    return buckets.take(caller.keyId(), rate);
  }

  /** The services that authentication leans on. */
  public record Neighbours(
      Transactions transactions,
      Epochs epochs,
      PlatformKeys peppers,
      OperatorTenant operator,
      Standings standings) {}
}
