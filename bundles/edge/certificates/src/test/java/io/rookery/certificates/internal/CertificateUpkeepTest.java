// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.certificates.Certificates.HostCertificate;
import io.rookery.api.monitoring.MetricSource.Sample;
import io.rookery.certificates.internal.CertificateUpkeep.Ordering;
import io.rookery.kernel.CommonErrors;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.testkit.mail.TestCertificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who gets a certificate, when, and when again. */
class CertificateUpkeepTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("certificates");

  private static final String HOST = "links.heron.example";
  private static final TestCertificate CERTIFICATE = TestCertificate.forHost(HOST);
  private static final TestCertificate NEXT = TestCertificate.forHost(HOST);

  private final MovableClock clock = new MovableClock();
  private final FakeHosts hosts = new FakeHosts();
  private final MemorySecrets store = new MemorySecrets();
  private final KeySecrets secrets = new KeySecrets(store, DATABASE::tenant);
  private final FakeAuthority authority = new FakeAuthority(CERTIFICATE);
  private final Map<String, Set<String>> owners = new HashMap<>();
  private final CertificateBook book = new CertificateBook(DATABASE.transactions(), secrets, clock);
  private final CertificateUpkeep upkeep = upkeep(true);

  private CertificateUpkeep upkeep(boolean agreed) {
    Orders orders = new Orders(DATABASE.transactions(), authority, secrets, clock);
    Turns turns = new Turns(names -> owners);
    return new CertificateUpkeep(
        DATABASE.transactions(), hosts, new Ordering(agreed, orders, turns), clock);
  }

  @BeforeEach
  void empty() throws Exception {
    try (var owner = DATABASE.owner();
        var delete = owner.createStatement()) {
      delete.executeUpdate("delete from platform.certificate");
    }
  }

  private HostCertificate only() {
    assertThat(upkeep.list()).hasSize(1);
    return upkeep.list().get(0);
  }

  @Test
  void anAdmittedHostShouldGetACertificateThatEveryNodeShows() throws Exception {
    hosts.admitted.add(HOST);
    upkeep.run();
    upkeep.run();
    assertThat(authority.ordered).containsExactly(HOST);
    assertThat(only().notAfter()).isEqualTo(CERTIFICATE.certificate().getNotAfter().toInstant());
    assertThat(only().trouble()).isNull();
    assertThat(book.find(HOST)).isEmpty();
    book.look();
    assertThat(book.find(HOST).orElseThrow().certificate()).isEqualTo(CERTIFICATE.certificate());
    assertThat(book.find("other.example")).isEmpty();
    assertThat(book.find(null)).isEmpty();
    assertThat(store.versions.toString()).doesNotContain("PRIVATE");
  }

  @Test
  void aHostThatIsNotAdmittedShouldNeverBeOrderedFor() throws Exception {
    upkeep.run();
    assertThatThrownBy(() -> upkeep.renew("evil.example"))
        .hasFieldOrPropertyWithValue("code", CommonErrors.NOT_FOUND);
    upkeep.run();
    assertThat(authority.ordered).isEmpty();
    assertThat(upkeep.list()).isEmpty();
  }

  @Test
  void withoutTheOperatorsAgreementNothingShouldBeOrdered() throws Exception {
    hosts.admitted.add(HOST);
    CertificateUpkeep idle = upkeep(false);
    idle.run();
    assertThatThrownBy(() -> idle.renew(HOST))
        .hasFieldOrPropertyWithValue("code", CommonErrors.WRONG_STATE);
    assertThat(authority.ordered).isEmpty();
  }

  @Test
  void aCertificateShouldBeRenewedAfterTwoThirdsOfItsLife() throws Exception {
    hosts.admitted.add(HOST);
    upkeep.run();
    clock.move(Duration.ofDays(2400));
    upkeep.run();
    assertThat(authority.ordered).hasSize(1);
    clock.move(Duration.ofDays(40));
    authority.issues = NEXT;
    upkeep.run();
    assertThat(authority.ordered).hasSize(2);
    assertThat(authority.replaced).isEqualTo(CERTIFICATE.certificate());
    book.look();
    assertThat(book.find(HOST).orElseThrow().certificate()).isEqualTo(NEXT.certificate());
  }

  @Test
  void theAuthorityShouldHaveItsSayInWhenToRenew() throws Exception {
    hosts.admitted.add(HOST);
    authority.renewal = clock.instant().plus(Duration.ofDays(10));
    upkeep.run();
    upkeep.run();
    assertThat(only().renewAt()).isBetween(clock.instant(), clock.instant().plusSeconds(864_000));
    authority.renewal = clock.instant();
    clock.move(Duration.ofHours(7));
    upkeep.run();
    upkeep.run();
    assertThat(authority.ordered).hasSize(2);
  }

  @Test
  void aHostWhoseOrderFailedShouldWaitEverLonger() throws Exception {
    hosts.admitted.add(HOST);
    authority.failure = new OrderException("Not yours", null);
    List<Duration> waits = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      upkeep.run();
      upkeep.run();
      assertThat(authority.ordered).hasSize(i + 1);
      Duration wait = Duration.between(clock.instant(), only().nextTryAt());
      waits.add(wait);
      clock.move(wait.plusSeconds(1));
    }
    assertThat(waits.get(0)).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
    assertThat(waits.get(1)).isBetween(Duration.ofMinutes(19), Duration.ofMinutes(20));
    assertThat(waits.get(9)).isBetween(Duration.ofHours(23), Duration.ofHours(24));
    assertThat(only().trouble()).isEqualTo("Not yours");
    authority.failure = null;
    upkeep.run();
    assertThat(only().trouble()).isNull();
  }

  private void admit(String tenant, String... names) {
    for (String name : names) {
      hosts.admitted.add(name);
      owners.put(name, Set.of(tenant));
    }
  }

  private HostCertificate shown(String host) {
    return upkeep.list().stream().filter(row -> row.host().equals(host)).findFirst().orElseThrow();
  }

  @Test
  void whatNobodyForesawShouldCountAgainstItsHostAndStopNoOther() throws Exception {
    hosts.admitted.addAll(List.of(HOST, "links.other.example"));
    authority.unforeseen.put(HOST, new IllegalArgumentException());
    upkeep.run();
    assertThat(authority.ordered).containsExactly(HOST, "links.other.example");
    assertThat(shown(HOST).trouble()).contains("IllegalArgumentException");
    assertThat(shown("links.other.example").notAfter()).isNotNull();
    upkeep.run();
    assertThat(authority.ordered).as("it waits as after any failure").hasSize(2);
    clock.move(Duration.ofMinutes(11));
    upkeep.run();
    assertThat(shown(HOST).nextTryAt()).isAfter(clock.instant().plus(Duration.ofMinutes(19)));
  }

  @Test
  void whatNobodyForesawInALookShouldStopNoOther() throws Exception {
    hosts.admitted.addAll(List.of(HOST, "links.other.example"));
    upkeep.run();
    Instant planned = shown(HOST).renewAt();
    authority.unlooked = new IllegalArgumentException("The clock is ahead");
    List<Integer> looks = new ArrayList<>();
    authority.meanwhile = () -> looks.add(1);
    upkeep.run();
    upkeep.run();
    assertThat(looks).hasSize(2);
    assertThat(shown(HOST).renewAt()).isEqualTo(planned);
  }

  @Test
  void aRefusalForItsRateShouldHoldUpItsOwnHostAloneAsLongAsTheAuthoritySays() throws Exception {
    admit("heron", HOST);
    admit("other", "links.other.example");
    Instant later = clock.instant().plus(Duration.ofHours(30)).truncatedTo(ChronoUnit.SECONDS);
    authority.failures.put(HOST, new OrderException("Too many", later, null));
    upkeep.run();
    assertThat(authority.ordered).containsExactly(HOST, "links.other.example");
    assertThat(shown(HOST).nextTryAt()).isEqualTo(later);
    clock.move(Duration.ofHours(29));
    upkeep.run();
    assertThat(authority.ordered).hasSize(2);
    authority.failures.clear();
    clock.move(Duration.ofHours(2));
    upkeep.run();
    assertThat(authority.ordered).hasSize(3);
    assertThat(shown(HOST).trouble()).isNull();
  }

  @Test
  void refusalsOfSeveralTenantsShouldHoldUpNewHostsForTenMinutesAndRenewalsNever()
      throws Exception {
    admit("first", "a.first.example");
    upkeep.run();
    admit("heron", "a.heron.example");
    admit("other", "a.other.example");
    admit("third", "a.third.example");
    authority.failure =
        new OrderException("Too many", clock.instant().plus(Duration.ofDays(3)), null);
    upkeep.run();
    assertThat(authority.ordered).as("two of the three").hasSize(3);
    authority.failure = null;
    upkeep.renew("a.first.example");
    upkeep.run();
    assertThat(authority.ordered).hasSize(4).last().isEqualTo("a.first.example");
    clock.move(Duration.ofMinutes(11));
    upkeep.run();
    upkeep.run();
    assertThat(authority.ordered).as("the third, and no other before its time").hasSize(5);
    assertThat(authority.ordered).contains("a.heron.example", "a.other.example", "a.third.example");
  }

  @Test
  void oneMinuteShouldHaveFewOrdersAndFewerOfOneTenant() throws Exception {
    for (int i = 0; i < 12; i++) {
      admit("tenant" + i % 4, "links" + i + ".heron.example");
    }
    upkeep.run();
    assertThat(authority.ordered).hasSize(5);
    upkeep.run();
    upkeep.run();
    assertThat(authority.ordered).hasSize(12).doesNotHaveDuplicates();
    for (int i = 0; i < 9; i++) {
      admit("greedy", "pages" + i + ".greedy.example");
    }
    upkeep.run();
    assertThat(authority.ordered).hasSize(15);
  }

  @Test
  void aSealedStoreShouldNotCountAgainstAHost() throws Exception {
    hosts.admitted.add(HOST);
    upkeep.run();
    book.look();
    store.isSealed = true;
    clock.move(Duration.ofDays(2500));
    upkeep.run();
    clock.move(Duration.ofMinutes(11));
    upkeep.run();
    assertThat(authority.ordered).as("no order that could not be kept").hasSize(1);
    book.look();
    assertThat(book.find(HOST)).as("it goes on from memory").isPresent();
    store.isSealed = false;
    clock.move(Duration.ofMinutes(11));
    upkeep.run();
    assertThat(authority.ordered).hasSize(2);
  }

  @Test
  void noFirstCertificateShouldBeOrderedWhileTheStoreIsSealed() throws Exception {
    hosts.admitted.add(HOST);
    store.isSealed = true;
    upkeep.run();
    assertThat(authority.ordered).isEmpty();
    assertThat(only().trouble()).contains("sealed");
    store.isSealed = false;
    clock.move(Duration.ofMinutes(11));
    upkeep.run();
    assertThat(authority.ordered).hasSize(1);
    assertThat(only().notAfter()).isNotNull();
  }

  @Test
  void aCertificateThatCannotBeKeptShouldCountAgainstItsHost() throws Exception {
    hosts.admitted.add(HOST);
    List<Duration> waits = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      authority.meanwhile = () -> store.isSealed = true;
      upkeep.run();
      store.isSealed = false;
      assertThat(authority.ordered).hasSize(i + 1);
      assertThat(only().trouble()).contains("issued", "sealed");
      Duration wait = Duration.between(clock.instant(), only().nextTryAt());
      waits.add(wait);
      clock.move(wait.plusSeconds(1));
    }
    assertThat(waits.get(1)).isBetween(Duration.ofMinutes(19), Duration.ofMinutes(20));
    assertThat(waits.get(2)).isBetween(Duration.ofMinutes(39), Duration.ofMinutes(40));
  }

  @Test
  void aRenewalThatIsAskedForDuringALookShouldNotBeLost() throws Exception {
    hosts.admitted.add(HOST);
    upkeep.run();
    authority.renewal = clock.instant().plus(Duration.ofDays(10));
    authority.meanwhile = () -> upkeep.renew(HOST);
    upkeep.run();
    authority.meanwhile = () -> {};
    assertThat(authority.ordered).hasSize(1);
    upkeep.run();
    assertThat(authority.ordered).hasSize(2);
  }

  @Test
  void aRenewalThatIsAskedForDuringAnOrderShouldNotBeLost() throws Exception {
    hosts.admitted.add(HOST);
    upkeep.run();
    upkeep.renew(HOST);
    authority.meanwhile = () -> upkeep.renew(HOST);
    upkeep.run();
    authority.failure = new OrderException("Not yours", null);
    upkeep.run();
    assertThat(only().trouble()).isEqualTo("Not yours");
    authority.meanwhile = () -> {};
    authority.failure = null;
    upkeep.run();
    upkeep.run();
    assertThat(authority.ordered).hasSize(4);
    assertThat(only().trouble()).isNull();
  }

  @Test
  void aKeyThatIsLostShouldStopNoOtherAndBeMadeAnew() throws Exception {
    hosts.admitted.add(HOST);
    upkeep.run();
    store.versions.clear();
    hosts.admitted.add("links.other.example");
    upkeep.run();
    book.look();
    assertThat(book.find("links.other.example")).isPresent();
    assertThat(book.find(HOST)).isEmpty();
    upkeep.renew(HOST);
    upkeep.run();
    assertThat(authority.replaced).isNull();
    assertThat(upkeep.list()).extracting(HostCertificate::trouble).containsOnlyNulls();
  }

  @Test
  void aHostThatIsNoMoreAdmittedShouldNotBeRenewedAndGoInTheEnd() throws Exception {
    hosts.admitted.add(HOST);
    upkeep.run();
    hosts.admitted.clear();
    clock.move(Duration.ofDays(2500));
    upkeep.run();
    assertThat(authority.ordered).hasSize(1);
    assertThat(upkeep.list()).hasSize(1);
    clock.move(Duration.ofDays(1300));
    upkeep.run();
    assertThat(upkeep.list()).isEmpty();
  }

  @Test
  void anEndThatIsNearShouldBeTold() throws Exception {
    hosts.admitted.add(HOST);
    upkeep.run();
    book.look();
    assertThat(book.check().detail()).doesNotContain("WARNING");
    assertThat(expiry()).isGreaterThan(Duration.ofDays(3600).toSeconds());
    clock.move(Duration.ofDays(3640));
    assertThat(book.check().ready()).isTrue();
    assertThat(book.check().detail()).contains("WARNING", HOST);
    assertThat(expiry()).isLessThan(Duration.ofDays(14).toSeconds());
  }

  private double expiry() {
    return book.samples().stream()
        .filter(sample -> sample.name().equals("rookery_certificate_expiry_seconds"))
        .mapToDouble(Sample::value)
        .findFirst()
        .orElseThrow();
  }
}
