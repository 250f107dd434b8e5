// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.audit;

import io.rookery.api.audit.AuditVerification.Report;
import io.rookery.events.NewEvent;
import io.rookery.events.internal.EventLogService;
import io.rookery.events.internal.ReaderPump;
import io.rookery.events.internal.read.ReadingSettings;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.tenancy.internal.audit.AuditReader;
import io.rookery.tenancy.internal.audit.AuditSources;
import io.rookery.tenancy.internal.audit.chain.ChainStore;
import io.rookery.tenancy.internal.audit.head.HeadFolder;
import io.rookery.tenancy.internal.audit.head.HeadKeys;
import io.rookery.tenancy.internal.audit.head.HeadSigner;
import io.rookery.tenancy.internal.audit.verify.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** One tenant's chain, made by the product's own log, reader and signer. */
public final class Chain {

  private static final int BLOCK = 1000;
  private static final int HEADS = 20;

  private final TestDatabase database;
  private final HeadFolder folder;
  private final HeadKeys keys = new HeadKeys(new RunKeys());
  private final HeadSigner signer;
  private final EventLogService log = new EventLogService(() -> 1, new AuditSources());
  private final TenantContext tenant =
      new TenantContext(
          Uuids.next(),
          new Actor(Actor.Kind.API_KEY, Uuids.next().toString()),
          "audit",
          null,
          Mode.LIVE,
          "203.0.113.7");

  /** Makes a chain that has no entry yet. */
  public Chain(TestDatabase database, Path folder) {
    this.database = database;
    this.folder = new HeadFolder(folder);
    this.signer = new HeadSigner(database.transactions(), keys, this.folder, Clock.systemUTC());
  }

  /** Returns whose chain it is. */
  public TenantContext tenant() {
    return tenant;
  }

  /** Appends so many events while they are read, and signs some twenty times on the way. */
  public void build(int count) throws IOException, InterruptedException {
    ReaderPump pump =
        new ReaderPump(
            database.transactions(),
            database.leases(),
            ReadingSettings.polling(Duration.ofMillis(20)),
            1);
    try {
      pump.add(new AuditReader(Clock.systemUTC(), Duration.ZERO));
      int stretch = Math.max(1, count / HEADS);
      for (int done = 0; done < count; done += stretch) {
        int end = Math.min(count, done + stretch);
        append(end - done);
        awaitEnd(end);
        signer.sign();
        signer.copy();
      }
    } finally {
      pump.close();
    }
  }

  private void append(int count) {
    for (int done = 0; done < count; done += BLOCK) {
      List<NewEvent> events =
          IntStream.range(done, Math.min(count, done + BLOCK))
              .mapToObj(
                  i ->
                      NewEvent.of(
                          "contact.updated", Uuids.next(), Instant.now(), Map.of("number", i)))
              .toList();
      database
          .transactions()
          .call(
              tenant,
              tx -> {
                log.append(tx, events);
                return null;
              });
    }
  }

  private void awaitEnd(long end) throws InterruptedException {
    long limit = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
    while (database.transactions().call(tenant, tx -> new ChainStore().end(tx)).seq() < end) {
      if (System.nanoTime() > limit) {
        throw new IllegalStateException("The reader does not get to entry " + end);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Verifies the chain against the heads of the database and of a folder. */
  public Report verify(Path heads) throws IOException {
    return new Verifier(database.transactions(), keys, Clock.systemUTC())
        .verify(tenant.tenantId(), new HeadFolder(heads));
  }

  /** Verifies the chain against all heads. */
  public Report verify() throws IOException {
    return verify(folder.path());
  }
}
