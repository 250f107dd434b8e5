// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.sending.SendingRates;
import io.rookery.api.sending.SendingRates.DomainRate;
import io.rookery.api.sending.SendingRates.MailboxRate;
import io.rookery.api.sending.SendingRates.Outcomes;
import io.rookery.api.sending.SendingRates.Point;
import io.rookery.api.sending.SendingRates.Rates;
import io.rookery.api.sending.SendingRates.Window;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.test.CatalogueRules;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.line.LaneKey;
import io.rookery.sending.internal.rates.RateMeter.Key;
import io.rookery.sending.internal.rates.RateMeter.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What two nodes count, note and add up. */
class SendingRatesImplTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private final TenantContext context = DATABASE.tenant();
  private final UUID lane = Uuids.next();
  private final UUID otherLane = Uuids.next();
  private final Time time = new Time();
  private final RateMeter here = new RateMeter();
  private final RateMeter there = new RateMeter();
  private final Map<LaneKey, Integer> inFlight = new HashMap<>();
  private final RatePublisher one = publisher(here, "one");
  private final RatePublisher two = publisher(there, "two");
  private final SendingRates rates = new SendingRatesImpl(DATABASE.transactions(), time);

  private RatePublisher publisher(RateMeter meter, String node) {
    return new RatePublisher(DATABASE.transactions(), meter, () -> inFlight, node, time);
  }

  /** A clock that a test moves. */
  private static final class Time extends Clock {
    private Instant now = Instant.parse("2026-11-24T12:00:05Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }

    void pass(int seconds) {
      now = now.plusSeconds(seconds);
    }
  }

  private void count(RateMeter meter, UUID laneId, String domain, Kind kind, int times) {
    for (int i = 0; i < times; i++) {
      meter.count(new Key(context.tenantId(), laneId, domain, false), kind);
    }
  }

  private Rates lately(Window window) {
    return rates.rates(context, window, 10);
  }

  @Test
  void theTablesShouldKeepTheRules() throws Exception {
    assertThat(CatalogueRules.violations(DATABASE)).isEmpty();
  }

  @Test
  void whatTwoNodesCountedShouldBeAddedUp() {
    count(here, lane, "a.example", Kind.ACCEPTED, 5);
    count(here, lane, "b.example", Kind.DEFERRED, 2);
    count(there, otherLane, "a.example", Kind.FAILED, 1);
    count(there, lane, "a.example", Kind.IN_DOUBT, 1);
    one.publish();
    two.publish();
    count(here, lane, "a.example", Kind.ACCEPTED, 1);
    one.publish();

    Rates found = lately(Window.MINUTE);
    assertThat(found.total()).isEqualTo(new Outcomes(6, 2, 1, 1));
    assertThat(found.mailboxes())
        .containsExactly(
            new MailboxRate(lane, new Outcomes(6, 2, 0, 1)),
            new MailboxRate(otherLane, new Outcomes(0, 0, 1, 0)));
    assertThat(found.domains())
        .containsExactly(
            new DomainRate("a.example", new Outcomes(6, 0, 1, 1)),
            new DomainRate("b.example", new Outcomes(0, 2, 0, 0)));
    assertThat(rates.rates(context, Window.MINUTE, 1).domains()).hasSize(1);
    assertThat(rates.rates(DATABASE.tenant(), Window.HOUR, 10).total()).isEqualTo(Outcomes.NONE);
  }

  @Test
  void pointsShouldBeWithoutGapsAndEndNow() {
    count(here, lane, "a.example", Kind.ACCEPTED, 3);
    one.publish();
    time.pass(20);
    count(here, lane, "a.example", Kind.FAILED, 1);
    one.publish();

    List<Point> points = lately(Window.MINUTE).points();
    Instant first = Instant.parse("2026-11-24T11:59:30Z");
    assertThat(points).hasSize(6);
    assertThat(points.get(0).at()).isEqualTo(first);
    assertThat(points.get(3)).isEqualTo(new Point(first.plusSeconds(30), new Outcomes(3, 0, 0, 0)));
    assertThat(points.get(5)).isEqualTo(new Point(first.plusSeconds(50), new Outcomes(0, 0, 1, 0)));
    assertThat(points.stream().mapToLong(point -> point.outcomes().all()).sum()).isEqualTo(4);
    assertThat(lately(Window.HOUR).points()).hasSize(60);
    assertThat(lately(Window.FIVE_MINUTES).points()).hasSize(30);
  }

  @Test
  void anIntervalThatTheWindowCutsShouldCountByItsPart() {
    count(here, lane, "a.example", Kind.ACCEPTED, 60);
    one.publish();
    time.pass(70);

    assertThat(lately(Window.MINUTE).mailboxes().get(0).outcomes().accepted())
        .as("a minute that began 75 s ago")
        .isEqualTo(45);
    assertThat(lately(Window.MINUTE).total())
        .as("ten seconds that are over")
        .isEqualTo(Outcomes.NONE);
    assertThat(lately(Window.FIVE_MINUTES).total().accepted()).isEqualTo(60);
  }

  @Test
  void domainsBeyondTheBusiestShouldBeToldTogether() {
    for (int i = 1; i <= 25; i++) {
      count(here, lane, "d" + i + ".example", Kind.ACCEPTED, i);
    }
    one.publish();

    List<DomainRate> domains = rates.rates(context, Window.MINUTE, 100).domains();
    assertThat(domains).hasSize(21);
    assertThat(domains.get(0).domain()).isEqualTo("d25.example");
    assertThat(domains)
        .contains(
            new DomainRate(SendingRates.OTHER_DOMAINS, new Outcomes(1 + 2 + 3 + 4 + 5, 0, 0, 0)));
  }

  @Test
  void aTestKeyShouldSeeTestMailAlone() {
    here.count(new Key(context.tenantId(), lane, "a.example", true), Kind.ACCEPTED);
    count(here, lane, "secret.example", Kind.ACCEPTED, 4);
    one.publish();
    TenantContext test =
        new TenantContext(context.tenantId(), context.actor(), "r", null, Mode.TEST);

    Rates seen = rates.rates(test, Window.MINUTE, 10);
    assertThat(seen.total().accepted()).isEqualTo(1);
    assertThat(seen.domains()).extracting(DomainRate::domain).containsExactly("a.example");
    assertThat(lately(Window.MINUTE).total().accepted()).isEqualTo(5);
  }

  @Test
  void whatIsInFlightShouldBeToldAndTakenBack() throws Exception {
    inFlight.put(new LaneKey(context.tenantId(), lane), 7);
    one.publish();
    assertThat(flying()).isEqualTo(7);
    inFlight.clear();
    one.publish();
    assertThat(flying()).isZero();
    assertThat(lately(Window.MINUTE).mailboxes()).as("no outcomes, no rate").isEmpty();
  }

  private long flying() throws Exception {
    try (var owner = DATABASE.owner();
        var select =
            owner.prepareStatement(
                "select sum(in_flight) from tenant.sending_rate where tenant_id = ?")) {
      select.setObject(1, context.tenantId());
      try (var row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  @Test
  void whatCannotBeNotedShouldBeNotedLater() {
    RatePublisher broken =
        new RatePublisher(
            DATABASE.transactions(),
            here,
            () -> {
              throw new IllegalStateException("away");
            },
            "one",
            time);
    count(here, lane, "a.example", Kind.ACCEPTED, 2);
    broken.publish();
    count(here, lane, "a.example", Kind.ACCEPTED, 1);
    one.publish();

    assertThat(lately(Window.MINUTE).total().accepted()).isEqualTo(3);
  }

  @Test
  void whatNoWindowReachesShouldBeSwept() {
    count(here, lane, "a.example", Kind.ACCEPTED, 2);
    one.publish();
    time.pass((int) Duration.ofMinutes(59).toSeconds());
    new RateSweep(DATABASE.transactions(), time).run();
    assertThat(lately(Window.HOUR).total().accepted()).isEqualTo(2);

    time.pass((int) Duration.ofMinutes(8).toSeconds());
    new RateSweep(DATABASE.transactions(), time).run();
    long left =
        DATABASE
            .transactions()
            .system(
                SystemPurpose.MONITORING,
                connection -> {
                  try (var select =
                          connection.prepareStatement(
                              "select count(*) from tenant.sending_rate where tenant_id = '"
                                  + context.tenantId()
                                  + "'");
                      var row = select.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                  }
                });
    assertThat(left).isZero();
  }

  @Test
  void topShouldBeBounded() {
    for (int top : new int[] {0, 101}) {
      assertThatThrownBy(() -> rates.rates(context, Window.MINUTE, top))
          .isInstanceOf(RookeryException.class);
    }
  }
}
