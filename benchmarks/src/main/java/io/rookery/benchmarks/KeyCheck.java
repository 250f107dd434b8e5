// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import io.rookery.api.tenancy.ApiKeyService.NewApiKey;
import io.rookery.api.tenancy.Authenticator.Caller;
import io.rookery.api.tenancy.Scope;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService.NewTenant;
import io.rookery.events.EventLog;
import io.rookery.events.internal.EventLogService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.ApiKeyServiceImpl;
import io.rookery.tenancy.internal.AuthenticatorImpl;
import io.rookery.tenancy.internal.Limits;
import io.rookery.tenancy.internal.OperatorTenant;
import io.rookery.tenancy.internal.TenantServiceImpl;
import io.rookery.tenancy.internal.plan.Standings;
import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import javax.persistence.EntityManagerFactory;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * How long a warm node takes to check a key, admit its request and count it, as each request has it
 * done, beside one verification of a password. The keys are many and bound to addresses. The
 * sabotage remembers no keys, so that each check reads the database.
 */
final class KeyCheck {

  private static final int COUNT = 500_000;
  private static final int TENANTS = 10;
  private static final int KEYS = 100;
  private static final int WARM = 200_000;
  private static final int COLD = 2_000;
  private static final double GATE_MICROS = 100;
  private static final int VERIFICATIONS = 31;

  private final Options options;
  private final Report report;

  KeyCheck(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  boolean run() throws Exception {
    TestDatabase database = TestDatabase.withAreas("events", "tenancy");
    database.beforeAll(null);
    try {
      return run(database);
    } finally {
      database.afterAll(null);
    }
  }

  private boolean run(TestDatabase database) throws Exception {
    boolean cold = options.sabotage();
    Platform platform = new Platform(database, cold ? 2 : KEYS * 10);
    List<Secret> keys = platform.keys();
    InetAddress source = InetAddress.getByName("192.0.2.7");
    measure(platform.authenticator, keys, source, cold ? COLD : WARM);
    long[] nanos =
        measure(platform.authenticator, keys, source, cold ? COLD : options.countOr(COUNT));
    platform.authenticator.close();
    double argon2 = argon2Micros();
    double p50 = micros(nanos, 0.5);
    report.line(
        "%d checks of %d keys of %d tenants: p50 %.2f, p90 %.2f, p99 %.2f, p99.9 %.2f µs",
        nanos.length,
        keys.size(),
        TENANTS,
        p50,
        micros(nanos, 0.9),
        micros(nanos, 0.99),
        micros(nanos, 0.999));
    report.line("one Argon2id (19 MiB, 2 passes, 1 lane): median %.0f µs", argon2);
    report.line(
        "keycheck p50 %.2f µs, gate %.0f µs, Argon2id %.0f times as long",
        p50, GATE_MICROS, argon2 / p50);
    return p50 < GATE_MICROS;
  }

  /** Returns how long each check took, in order of length. */
  private static long[] measure(
      AuthenticatorImpl authenticator, List<Secret> keys, InetAddress source, int count) {
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      Secret key = keys.get(i % keys.size());
      long begin = System.nanoTime();
      Caller caller = authenticator.authenticate(key, source);
      boolean admitted = authenticator.admit(caller).admitted();
      authenticator.count(caller, "listContacts");
      nanos[i] = System.nanoTime() - begin;
      if (!admitted) {
        throw new IllegalStateException("The rate is too low for this");
      }
    }
    Arrays.sort(nanos);
    return nanos;
  }

  private static double micros(long[] sorted, double part) {
    return sorted[(int) ((sorted.length - 1) * part)] / 1000.0;
  }

  /** By the smallest parameters that OWASP's cheat sheet on password storage names. */
  private static double argon2Micros() {
    double[] micros = new double[VERIFICATIONS];
    for (int i = -VERIFICATIONS; i < VERIFICATIONS; i++) {
      long begin = System.nanoTime();
      Argon2Parameters parameters =
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withMemoryAsKB(19 * 1024)
              .withIterations(2)
              .withParallelism(1)
              .withSalt(new byte[16])
              .build();
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(parameters);
      generator.generateBytes("correct horse battery".toCharArray(), new byte[32]);
      micros[Math.max(i, 0)] = (System.nanoTime() - begin) / 1000.0;
    }
    return Report.median(micros);
  }

  /** Tenancy on a database of its own. */
  private static final class Platform {

    private final TenantServiceImpl tenants;
    private final ApiKeyServiceImpl keys;
    private final AuthenticatorImpl authenticator;

    Platform(TestDatabase database, int cachedKeys) {
      Transactions transactions = database.transactions();
      EventLog log = new EventLogService(() -> 1, null);
      EntityManagerFactory unit = database.entityManagerFactory("tenancy");
      FixedPepper pepper = new FixedPepper();
      OperatorTenant operator = new OperatorTenant(transactions, log);
      tenants = new TenantServiceImpl(transactions, unit, log, database.epochs(), operator, null);
      keys = new ApiKeyServiceImpl(transactions, unit, log, database.epochs(), pepper, null);
      authenticator =
          new AuthenticatorImpl(
              new AuthenticatorImpl.Neighbours(
                  transactions,
                  database.epochs(),
                  pepper,
                  operator,
                  Standings.of(operator, "unmetered")),
              new Limits(1_000_000, 1_000_000, 6000, 6000, cachedKeys),
              Clock.systemUTC(),
              System::nanoTime);
    }

    private List<Secret> keys() {
      TenantContext operator = tenants.operator(Actor.system("bench"));
      List<Secret> made = new ArrayList<>();
      for (int i = 0; i < KEYS; i++) {
        String slug = "bench-" + i % TENANTS;
        Tenant tenant =
            tenants
                .find(operator, slug)
                .orElseGet(() -> tenants.create(operator, new NewTenant("Bench", slug, null)));
        NewApiKey wanted =
            new NewApiKey(
                "Bench",
                EnumSet.allOf(Scope.class),
                TenantContext.Mode.LIVE,
                null,
                List.of("2001:db8::/32", "198.51.100.0/24", "192.0.2.0/24"));
        TenantContext inside = TenantContext.of(tenant.id(), Actor.system("bench"));
        made.add(keys.create(inside, wanted, EnumSet.allOf(Scope.class)).secret());
      }
      return made;
    }
  }
}
