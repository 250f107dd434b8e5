// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit;

import io.rookery.api.audit.AuditVerification.Finding;
import io.rookery.api.audit.AuditVerification.Report;
import io.rookery.events.NewEvent;
import io.rookery.events.internal.EventLogService;
import io.rookery.events.internal.ReaderPump;
import io.rookery.events.internal.read.ReadingSettings;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.tenancy.internal.MovableClock;
import io.rookery.tenancy.internal.Peppers;
import io.rookery.tenancy.internal.audit.chain.ChainStore;
import io.rookery.tenancy.internal.audit.head.HeadFolder;
import io.rookery.tenancy.internal.audit.head.HeadKeys;
import io.rookery.tenancy.internal.audit.head.HeadSigner;
import io.rookery.tenancy.internal.audit.verify.Verifier;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** The audit log on a test database: the real log, reader, signer and verifier. */
final class AuditWorld {

  static final String ADDRESS = "203.0.113.7";

  final MovableClock clock = new MovableClock();
  final Peppers platformKeys = new Peppers();
  final HeadKeys keys = new HeadKeys(platformKeys);
  final TestDatabase database;
  final Transactions transactions;
  final HeadFolder folder;
  final HeadSigner signer;
  final TenantContext tenant = tenant();
  private volatile int incarnation;
  final EventLogService log = new EventLogService(() -> incarnation, new AuditSources());

  AuditWorld(TestDatabase database, Path folder) throws SQLException {
    this.database = database;
    this.transactions = database.transactions();
    this.folder = new HeadFolder(folder);
    this.signer = new HeadSigner(transactions, keys, this.folder, clock);
    this.incarnation =
        Integer.parseInt(rows("select incarnation::text from platform.log_incarnation").get(0));
  }

  static TenantContext tenant() {
    Actor actor = new Actor(Actor.Kind.API_KEY, Uuids.next().toString());
    return new TenantContext(Uuids.next(), actor, "request-1", null, Mode.LIVE, ADDRESS);
  }

  /** Appends events, each in a transaction of its own. */
  void happen(TenantContext context, int count) {
    IntStream.range(0, count).forEach(i -> happen(context, "contact.created"));
  }

  UUID happen(TenantContext context, String type) {
    UUID subject = Uuids.next();
    transactions.call(
        context,
        tx -> {
          log.append(tx, NewEvent.of(type, subject, clock.instant(), Map.of("n", 1, "c", "x\"y")));
          return null;
        });
    return subject;
  }

  /** Has the real reader read until the tenant's chain has so many entries. */
  void read(TenantContext context, long end) {
    ReadingSettings settings = ReadingSettings.polling(Duration.ofMillis(5));
    ReaderPump pump = new ReaderPump(transactions, database.leases(), settings, 1);
    try {
      pump.add(new AuditReader(clock, Duration.ZERO));
      await(() -> end(context) >= end);
    } finally {
      pump.close();
    }
  }

  /** Lets things happen, reads and signs them. */
  void chain(int count) throws Exception {
    happen(tenant, count);
    read(tenant, end(tenant) + count);
    signer.sign();
    signer.copy();
  }

  long end(TenantContext context) {
    return transactions.call(context, tx -> new ChainStore().end(tx).seq());
  }

  Report verify() throws Exception {
    return new Verifier(transactions, keys, clock).verify(tenant.tenantId(), folder);
  }

  /** Returns what is wrong, each as kind and stretch. */
  List<String> findings() throws Exception {
    return verify().findings().stream().map(AuditWorld::brief).toList();
  }

  static String brief(Finding found) {
    return found.kind() + " " + found.from() + "-" + found.to();
  }

  /** Lives again in a server whose transaction ids begin anew. */
  void raiseIncarnation() throws SQLException {
    owner("update platform.log_incarnation set incarnation = incarnation + 1");
    incarnation++;
  }

  /** Does something as the owner of the database, who may do everything; %s is the tenant. */
  void owner(String... statements) throws SQLException {
    try (Connection owner = database.owner();
        Statement statement = owner.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql.replace("%s", "'" + tenant.tenantId() + "'"));
      }
    }
  }

  List<String> rows(String sql) throws SQLException {
    try (Connection owner = database.owner();
        Statement statement = owner.createStatement();
        ResultSet row = statement.executeQuery(sql.replace("%s", "'" + tenant.tenantId() + "'"))) {
      List<String> rows = new ArrayList<>();
      while (row.next()) {
        rows.add(row.getString(1));
      }
      return rows;
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("It did not come about in 30 seconds");
      }
      Thread.onSpinWait();
    }
  }
}
