// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.mailboxes.DkimSelector;
import io.rookery.api.mailboxes.DomainRecord;
import io.rookery.api.mailboxes.RecordPurpose;
import io.rookery.api.mailboxes.SendingDomain;
import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.Entitlements;
import io.rookery.api.plans.Entitlements.Wanted;
import io.rookery.events.NewEvent;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.mailboxes.internal.FakeSecrets;
import io.rookery.mailboxes.internal.TestWorkspaces;
import io.rookery.mailboxes.internal.check.DkimCheck;
import io.rookery.mailboxes.internal.check.DomainSettings;
import io.rookery.mailboxes.internal.dns.FakeDns;
import io.rookery.mailboxes.internal.dns.RecordType;
import io.rookery.mailboxes.internal.domain.SendingDomainServiceImpl.Neighbours;
import io.rookery.persistence.test.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The service on a real database, with name servers and a clock that a test moves. */
public final class DomainFixture {

  public static final DomainSettings SETTINGS =
      new DomainSettings(
          "bounces",
          "links",
          "rp.op.example",
          List.of("mx.op.example"),
          "_spf.op.example",
          List.of(),
          "links.op.example",
          "dmarc@op.example");

  long mostDomains = Long.MAX_VALUE;
  public final FakeSecrets secrets = new FakeSecrets();
  public final List<NewEvent> events = new ArrayList<>();
  public final MovableClock clock = new MovableClock();
  public final FakeDns dns =
      new FakeDns()
          .with("rp.op.example", RecordType.MX, "10 mx.op.example")
          .txt("rp.op.example", "v=spf1 include:_spf.op.example -all")
          .txt("_spf.op.example", "v=spf1 ip4:192.0.2.0/24 -all");
  public final SendingDomainServiceImpl service;
  final DkimKeysImpl keys;
  final ReturnPathHostsImpl returnPaths;

  public DomainFixture(TestDatabase database) {
    this(database, SETTINGS);
  }

  DomainFixture(TestDatabase database, DomainSettings settings) {
    service =
        new SendingDomainServiceImpl(
            new Neighbours(
                database.transactions(),
                secrets,
                (tx, appended) -> events.addAll(appended),
                database.epochs(),
                this::require,
                TestWorkspaces.OPEN),
            DomainPlatform.of(settings, dns),
            clock);
    keys = new DkimKeysImpl(database.transactions(), secrets, database.epochs(), clock);
    returnPaths = new ReturnPathHostsImpl(database.transactions(), clock);
  }

  private void require(Tx tx, Entitlement entitlement, Wanted wanted) {
    try {
      if (entitlement != Entitlement.DOMAINS || wanted.total(tx) > mostDomains) {
        throw new RookeryException(Entitlements.LIMIT_REACHED, "No more domains");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Publishes all that a domain needs and returns it verified. */
  public SendingDomain verified(TenantContext context, String name) {
    SendingDomain made = service.create(context, name);
    publish(made);
    return service.verify(context, made.id());
  }

  /** Publishes what a domain's records say, as somebody would who copies them. */
  public void publish(SendingDomain domain) {
    domain.selectors().forEach(selector -> publish(domain, selector));
    dns.without(domain.returnPathHost(), RecordType.CNAME)
        .with(domain.returnPathHost(), RecordType.CNAME, "rp.op.example");
  }

  void publish(SendingDomain domain, DkimSelector selector) {
    String host = DkimCheck.host(selector.name(), domain.name());
    dns.without(host, RecordType.TXT).txt(host, DkimCheck.value(selector));
  }

  public void unpublish(SendingDomain domain, DkimSelector selector) {
    dns.without(DkimCheck.host(selector.name(), domain.name()), RecordType.TXT);
  }

  public List<String> eventTypes() {
    return events.stream().map(NewEvent::type).toList();
  }

  static DomainRecord record(SendingDomain domain, RecordPurpose purpose, String host) {
    return domain.records().stream()
        .filter(record -> record.purpose() == purpose && record.host().equals(host))
        .findFirst()
        .orElseThrow();
  }

  /** Nothing is offered in place of a record that is not known. */
  static void spfIsToBeAddedTo(SendingDomain domain) {
    DomainRecord spf = record(domain, RecordPurpose.SPF, "heron.example");
    assertThat(spf.value()).isNull();
    assertThat(spf.note()).endsWith("add include:_spf.op.example to the record that stands there");
  }
}
