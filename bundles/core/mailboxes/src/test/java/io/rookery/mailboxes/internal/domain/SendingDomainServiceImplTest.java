// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.mailboxes.DkimSelector;
import io.rookery.api.mailboxes.DomainRecord;
import io.rookery.api.mailboxes.RecordPurpose;
import io.rookery.api.mailboxes.RecordVerdict;
import io.rookery.api.mailboxes.SendingDomain;
import io.rookery.api.mailboxes.SendingDomain.State;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.mailboxes.internal.check.DomainSettings;
import io.rookery.persistence.test.CatalogueRules;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.plugin.Secret;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendingDomainServiceImplTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("mailboxes");

  private final TenantContext context = DATABASE.tenant();
  private final DomainFixture fixture = new DomainFixture(DATABASE);
  private final SendingDomainServiceImpl service = fixture.service;

  @Test
  void theTablesShouldKeepTheRules() throws Exception {
    assertThat(CatalogueRules.violations(DATABASE)).isEmpty();
  }

  @Test
  void aDomainShouldKeepItsPrivateKeysInTheStoreAlone() throws Exception {
    SendingDomain made = service.create(context, " Bücher.example. ");

    assertThat(made.name()).isEqualTo("xn--bcher-kva.example");
    assertThat(made.state()).isEqualTo(State.PENDING);
    assertThat(service.get(context, made.id())).isEqualTo(made);
    assertThat(made.selectors()).hasSize(2);
    assertThat(made.selectors().get(1).name()).isEqualTo(made.selectors().get(0).name() + "e");
    assertThat(made.selectors().get(1).publicKey()).hasSize(44);
    assertThat(fixture.secrets.kept.keySet())
        .containsExactlyInAnyOrder(
            made.selectors().stream()
                .map(it -> context.tenantId() + "/dkim/" + made.name() + "/" + it.name())
                .toArray(String[]::new));
    String rows = everything();
    fixture.secrets.kept.values().stream()
        .flatMap(data -> data.fields().values().stream())
        .map(Secret::reveal)
        .forEach(key -> assertThat(rows).doesNotContain(key.substring(40)));
    assertThat(rows).contains(made.selectors().get(0).publicKey());
    assertThat(fixture.eventTypes()).containsExactly("domain.created");
  }

  @Test
  void aDomainBeyondThePlanShouldNotBeMadeAndLeaveNoKeys() {
    fixture.mostDomains = 1;
    service.create(context, "heron.example");
    int keys = fixture.secrets.kept.size();
    assertThatThrownBy(() -> service.create(context, "egret.example"))
        .isInstanceOfSatisfying(
            RookeryException.class,
            e -> assertThat(e.code().name()).isEqualTo("plan_limit_reached"));
    assertThat(fixture.secrets.kept).hasSize(keys);
    assertThat(service.list(context, PageRequest.FIRST).items()).hasSize(1);
  }

  @Test
  void itsRecordsShouldBeWhatAPersonPastes() {
    SendingDomain made = service.create(context, "heron.example");

    DkimSelector rsa = made.selectors().get(0);
    DomainRecord dkim =
        DomainFixture.record(made, RecordPurpose.DKIM, rsa.name() + "._domainkey.heron.example");
    assertThat(dkim.value()).isEqualTo("v=DKIM1; k=rsa; p=" + rsa.publicKey());
    assertThat(dkim.required()).isTrue();
    assertThat(dkim.verdict()).isNull();
    DomainRecord returnPath =
        DomainFixture.record(made, RecordPurpose.RETURN_PATH, "bounces.heron.example");
    assertThat(returnPath.type()).isEqualTo("CNAME");
    assertThat(returnPath.value()).isEqualTo("rp.op.example");
    DomainFixture.spfIsToBeAddedTo(made);
    assertThat(DomainFixture.record(made, RecordPurpose.DMARC, "_dmarc.heron.example").value())
        .isEqualTo("v=DMARC1; p=none; rua=mailto:dmarc@op.example");
    assertThat(
            DomainFixture.record(made, RecordPurpose.TRACKING_HOST, "links.heron.example").value())
        .isEqualTo("links.op.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "com",
        "co.uk",
        "com.au",
        "192.0.2.1",
        "[192.0.2.1]",
        "2001:db8::1",
        "a b.example",
        "a..example",
        "-a.example",
        "ann@heron.example",
        "https://heron.example",
        "*.heron.example",
        "a123456789b123456789c123456789d123456789e123456789.f123456789g123456789h123456789i123456789.heron.example"
      })
  void whatIsNoSendingDomainShouldBeRefused(String name) {
    assertThatThrownBy(() -> service.create(context, name))
        .isInstanceOfSatisfying(
            RookeryException.class,
            e -> assertThat(e.errors()).extracting(FieldError::pointer).containsExactly("/name"));
    assertThat(fixture.secrets.kept).isEmpty();
  }

  @Test
  void aDomainShouldBeMadeOnceAndItsKeysOnceByARepeatedRequest() {
    TenantContext keyed = context.with(new IdempotencyKey("k", "f"));
    SendingDomain first = service.create(keyed, "heron.example");

    assertThat(service.create(keyed, "heron.example")).isEqualTo(first);
    assertThat(fixture.secrets.kept).hasSize(2);
    assertThatThrownBy(() -> service.create(context, "HERON.example"))
        .isInstanceOfSatisfying(
            RookeryException.class, e -> assertThat(e.code().name()).isEqualTo("conflict"));
    assertThat(fixture.secrets.kept).hasSize(2);
  }

  @Test
  void twoTenantsShouldHaveTheSameDomainWithKeysOfTheirOwn() {
    TenantContext other = DATABASE.tenant();
    SendingDomain mine = fixture.verified(context, "heron.example");
    SendingDomain theirs = service.create(other, "heron.example");

    assertThat(theirs.selectors().get(0).name()).isNotEqualTo(mine.selectors().get(0).name());
    assertThat(mine.state()).isEqualTo(State.VERIFIED);
    assertThat(service.verify(other, theirs.id()).state()).isEqualTo(State.PENDING);
    assertThat(fixture.keys.of(context, "heron.example")).hasSize(2);
    assertThat(fixture.keys.of(other, "heron.example")).isEmpty();
  }

  @Test
  void aDomainShouldBeVerifiedByItsRsaRecordAndTheReturnPathsSpf() {
    SendingDomain made = service.create(context, "heron.example");
    assertThat(service.verify(context, made.id()).state()).isEqualTo(State.PENDING);
    fixture.publish(made, made.selectors().get(0));
    SendingDomain half = service.verify(context, made.id());
    assertThat(half.state()).isEqualTo(State.PENDING);
    assertThat(
            DomainFixture.record(half, RecordPurpose.RETURN_PATH, "bounces.heron.example")
                .verdict())
        .isEqualTo(RecordVerdict.MISSING);

    fixture.publish(made);
    SendingDomain verified = service.verify(context, made.id());
    assertThat(verified.state()).isEqualTo(State.VERIFIED);
    assertThat(service.get(context, made.id())).isEqualTo(verified);
    assertThat(verified.verifiedAt()).isEqualTo(fixture.clock.instant());
    assertThat(service.verify(context, made.id()).state()).isEqualTo(State.VERIFIED);
    assertThat(fixture.eventTypes()).containsExactly("domain.created", "domain.verified");
  }

  @Test
  void withAnMxAloneADomainShouldBeVerifiedByItsRsaRecord() {
    DomainSettings mxAlone =
        new DomainSettings(
            "bounces", "links", null, List.of("mx.op.example"), null, List.of(), null, null);
    DomainFixture other = new DomainFixture(DATABASE, mxAlone);
    SendingDomain made = other.service.create(context, "heron.example");
    assertThat(other.service.verify(context, made.id()).state()).isEqualTo(State.PENDING);
    other.publish(made, made.selectors().get(0));
    SendingDomain verified = other.service.verify(context, made.id());
    assertThat(verified.state()).isEqualTo(State.VERIFIED);
    assertThat(
            verified.records().stream().filter(DomainRecord::required).map(DomainRecord::purpose))
        .containsExactly(RecordPurpose.DKIM);
  }

  @Test
  void anSpfRecordOfTheReturnPathShouldBeNeededWhereItIsKnownWhoSends() {
    DomainSettings mxAndSpf =
        new DomainSettings(
            "bounces",
            "links",
            null,
            List.of("mx.op.example"),
            "_spf.op.example",
            List.of(),
            null,
            null);
    DomainFixture other = new DomainFixture(DATABASE, mxAndSpf);
    SendingDomain made = other.service.create(context, "heron.example");
    other.publish(made, made.selectors().get(0));
    assertThat(other.service.verify(context, made.id()).state()).isEqualTo(State.PENDING);
    other.dns.txt(made.returnPathHost(), "v=spf1 include:_spf.op.example -all");
    assertThat(other.service.verify(context, made.id()).state()).isEqualTo(State.VERIFIED);
  }

  @Test
  void aVerifiedDomainShouldFailOnlyAfterTwoLooksAnHourApart() {
    SendingDomain domain = fixture.verified(context, "heron.example");
    fixture.unpublish(domain, domain.selectors().get(0));

    SendingDomain drifting = service.verify(context, domain.id());
    assertThat(drifting.state()).isEqualTo(State.VERIFIED);
    assertThat(drifting.driftingSince()).isEqualTo(fixture.clock.instant());
    fixture.clock.pass(Duration.ofMinutes(59));
    assertThat(service.verify(context, domain.id()).state()).isEqualTo(State.VERIFIED);
    fixture.clock.pass(Duration.ofMinutes(1));
    SendingDomain failing = service.verify(context, domain.id());
    assertThat(failing.state()).isEqualTo(State.FAILING);
    assertThat(failing.failingAt()).isEqualTo(fixture.clock.instant());
    assertThatThrownBy(() -> fixture.keys.of(context, "heron.example"))
        .isInstanceOfSatisfying(
            RookeryException.class, e -> assertThat(e.code().name()).isEqualTo("unavailable"));

    fixture.publish(domain);
    assertThat(service.verify(context, domain.id()).state()).isEqualTo(State.VERIFIED);
    assertThat(fixture.keys.of(context, "heron.example")).hasSize(2);
    assertThat(fixture.eventTypes())
        .containsExactly("domain.created", "domain.verified", "domain.failing", "domain.verified");
  }

  @Test
  void aRecordThatComesBackShouldEndTheDrift() {
    SendingDomain domain = fixture.verified(context, "heron.example");
    fixture.unpublish(domain, domain.selectors().get(0));
    service.verify(context, domain.id());
    fixture.publish(domain);
    fixture.clock.pass(Duration.ofHours(2));
    assertThat(service.verify(context, domain.id()).driftingSince()).isNull();
    fixture.unpublish(domain, domain.selectors().get(0));
    assertThat(service.verify(context, domain.id()).state()).isEqualTo(State.VERIFIED);
  }

  @Test
  void serversThatFailShouldChangeNoState() {
    SendingDomain domain = fixture.verified(context, "heron.example");
    String host = domain.selectors().get(0).name() + "._domainkey.heron.example";
    fixture.dns.failing(host).failing("bounces.heron.example");
    for (int i = 0; i < 5; i++) {
      fixture.clock.pass(Duration.ofHours(6));
      SendingDomain seen = service.verify(context, domain.id());
      assertThat(seen.state()).isEqualTo(State.VERIFIED);
      assertThat(seen.driftingSince()).isNull();
      assertThat(DomainFixture.record(seen, RecordPurpose.DKIM, host).verdict())
          .isEqualTo(RecordVerdict.UNREACHABLE);
    }
    assertThat(fixture.keys.of(context, "heron.example")).hasSize(2);
  }

  @Test
  void aRotationShouldTakeOverOnceSeenAndRetireTheOldAfterItsGrace() {
    SendingDomain domain = fixture.verified(context, "heron.example");
    List<DkimSelector> old = domain.selectors();
    fixture.clock.pass(Duration.ofDays(1));
    SendingDomain rotating = service.rotateDkim(context, domain.id());
    assertThat(rotating.selectors()).hasSize(4);
    DkimSelector fresh = rotating.selectors().get(0);
    assertThat(signing()).isEqualTo(old.get(0).name());
    assertThat(service.verify(context, domain.id()).state()).isEqualTo(State.VERIFIED);
    assertThat(signing()).isEqualTo(old.get(0).name());

    fixture.publish(domain);
    fixture.publish(rotating);
    SendingDomain rotated = service.verify(context, domain.id());
    assertThat(signing()).isEqualTo(fresh.name());
    assertThat(rotated.selectors().get(2).retiredAt()).isEqualTo(fixture.clock.instant());
    assertThat(fixture.eventTypes()).endsWith("domain.dkim_rotating", "domain.dkim_rotated");

    fixture.clock.pass(Duration.ofHours(49));
    assertThat(fixture.secrets.kept).hasSize(4);
    SendingDomain over = service.verify(context, domain.id());
    assertThat(fixture.secrets.kept).hasSize(2);
    String host = old.get(0).name() + "._domainkey.heron.example";
    assertThat(DomainFixture.record(over, RecordPurpose.DKIM, host).value())
        .isEqualTo("v=DKIM1; p=");
    old.forEach(selector -> fixture.unpublish(domain, selector));
    assertThat(service.verify(context, domain.id()).selectors()).hasSize(2);
    assertThat(service.get(context, domain.id()).state()).isEqualTo(State.VERIFIED);
  }

  @Test
  void aRotationShouldReplaceKeysThatWereNeverSeen() {
    SendingDomain domain = service.create(context, "heron.example");
    fixture.clock.pass(Duration.ofSeconds(1));
    SendingDomain again = service.rotateDkim(context, domain.id());
    assertThat(again.selectors()).hasSize(2).doesNotContainAnyElementsOf(domain.selectors());
    assertThat(fixture.secrets.kept).hasSize(2);

    fixture.publish(again);
    service.verify(context, domain.id());
    fixture.clock.pass(Duration.ofSeconds(1));
    TenantContext keyed = context.with(new IdempotencyKey("r", "f"));
    SendingDomain rotating = service.rotateDkim(keyed, domain.id());
    assertThat(service.rotateDkim(keyed, domain.id())).isEqualTo(rotating);
    assertThat(rotating.selectors())
        .extracting(DkimSelector::name)
        .hasSize(4)
        .contains(again.selectors().get(0).name());
    assertThat(fixture.secrets.kept).hasSize(4);
    assertThat(signing()).isEqualTo(again.selectors().get(0).name());
  }

  @Test
  void aRemovedDomainShouldLeaveNothing() {
    SendingDomain domain = fixture.verified(context, "heron.example");
    assertThat(fixture.keys.of(context, "heron.example")).hasSize(2);
    service.delete(context, domain.id());

    assertThat(fixture.secrets.kept).isEmpty();
    assertThat(fixture.keys.of(context, "heron.example")).isEmpty();
    assertThatThrownBy(() -> service.get(context, domain.id()))
        .isInstanceOf(RookeryException.class);
    assertThat(service.create(context, "heron.example").selectors().get(0).name())
        .isNotEqualTo(domain.selectors().get(0).name());
  }

  @Test
  void aRemovalShouldNotWaitForTheStoreNorLeaveADomainWithoutItsKeys() {
    SendingDomain domain = fixture.verified(context, "heron.example");
    fixture.secrets.sealed = true;
    service.delete(context, domain.id());

    assertThat(service.list(context, PageRequest.FIRST).items()).isEmpty();
    assertThat(fixture.keys.of(context, "heron.example")).isEmpty();
    assertThat(fixture.secrets.kept).hasSize(2);
    assertThat(fixture.eventTypes()).endsWith("domain.removed");
  }

  @Test
  void anotherTenantShouldFindNothingAndChangeNothing() {
    SendingDomain made = service.create(context, "heron.example");
    TenantContext other = DATABASE.tenant();
    for (ThrowingCallable attempt :
        List.<ThrowingCallable>of(
            () -> service.get(other, made.id()),
            () -> service.verify(other, made.id()),
            () -> service.rotateDkim(other, made.id()),
            () -> service.delete(other, made.id()))) {
      assertThatThrownBy(attempt)
          .isInstanceOfSatisfying(
              RookeryException.class, e -> assertThat(e.code().name()).isEqualTo("not_found"));
    }
    assertThat(service.list(other, PageRequest.FIRST).items()).isEmpty();
    assertThat(service.get(context, made.id())).isEqualTo(made);
  }

  @Test
  void domainsShouldComeInPages() {
    for (int i = 0; i < 5; i++) {
      service.create(context, "d" + i + ".example");
    }
    List<UUID> seen = new ArrayList<>();
    String cursor = null;
    do {
      Page<SendingDomain> page = service.list(context, new PageRequest(2, cursor));
      page.items().forEach(domain -> seen.add(domain.id()));
      cursor = page.next();
    } while (cursor != null);
    assertThat(seen).hasSize(5).doesNotHaveDuplicates().isSorted();
  }

  private String signing() {
    return fixture.keys.of(context, "heron.example").get(0).selector();
  }

  private static String everything() throws Exception {
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement();
        ResultSet row =
            statement.executeQuery("select string_agg(d::text, ',') from tenant.domain d")) {
      row.next();
      return row.getString(1);
    }
  }
}
