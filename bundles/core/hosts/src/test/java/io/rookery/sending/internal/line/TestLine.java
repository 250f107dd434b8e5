// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.api.mailboxes.MailboxService;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.Fake;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.EmailBackend;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Sending lines of some nodes for tests of what changes mailboxes while they send. */
public final class TestLine implements AutoCloseable {

  private final TestDatabase database;
  private final LineFixture fixture;
  private final List<SendingLine> lines = new ArrayList<>();

  /** Makes a tenant with a mailbox. */
  public TestLine(TestDatabase database) throws Exception {
    this.database = database;
    fixture = new LineFixture(database, 10_000);
  }

  /** Returns the tenant. */
  public TenantContext tenant() {
    return fixture.context;
  }

  /** Returns the mailbox's id. */
  public UUID mailbox() {
    return fixture.mailbox;
  }

  /** Queues messages, each a while after the one before. */
  public void queue(int count, Duration apart) throws Exception {
    fixture.execute(
        "update tenant.a_mailbox set gap = " + apart.toMillis() + " where tenant_id = ?");
    fixture.queue(count);
  }

  /** Starts the line of another node, whose mailbox signs in as is asked for each time. */
  public void begin(EmailBackend backend, Supplier<Account> account) {
    fixture.epochs = database.epochsOfAnotherNode();
    LineNeighbours some = fixture.neighbours();
    MailboxService mailboxes =
        Fake.of(
            MailboxService.class,
            Map.of(
                "account", arguments -> account.get(),
                "refused", arguments -> null,
                "pauseAutomatically", arguments -> Optional.empty()));
    LineNeighbours neighbours =
        new LineNeighbours(
            some.transactions(),
            some.epochs(),
            some.tenants(),
            mailboxes,
            some.fallbacks(),
            some.dkimKeys(),
            some.signatures(),
            some.contents(),
            some.tokens(),
            some.envelopes(),
            some.linkHosts(),
            some.completion(),
            some.versions(),
            some.gate(),
            some.meter(),
            some.letters(),
            some.baseUrl());
    LineSettings settings =
        new LineSettings(16, Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(10));
    SendingLine line =
        new SendingLine(
            neighbours, database.anotherNode(), fixture.log(), Clock.systemUTC(), settings);
    line.add(backend, "fake", "1.0.0");
    lines.add(line);
  }

  /** Returns how many messages are in each state. */
  public Map<String, Integer> states() {
    return fixture.states();
  }

  @Override
  public void close() {
    lines.forEach(SendingLine::close);
  }
}
