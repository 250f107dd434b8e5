// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.kernel.Uuids;
import io.rookery.sending.internal.line.ClaimedMessage;
import io.rookery.spi.mail.Outcome.RecipientOutcome;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.spi.mail.Reply;
import io.rookery.spi.mail.Reply.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LanePaceTest {

  private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
  private static final Reply SLOW = new Reply(Stage.RECIPIENT, 421, "4.7.28", "Unusual rate");
  private static final Reply FULL = new Reply(Stage.RECIPIENT, 452, "4.2.2", "Mailbox full");
  private static final Reply GOOD = new Reply(Stage.CONTENT, 250, "2.0.0", "Taken");

  private final Hands clock = new Hands(BEGIN);
  private final UUID lane = Uuids.next();
  private Paces paces = new Paces(DeferralRules.bundled(), clock);
  private LanePace pace = paces.begin(lane, List.of());

  @Test
  void oneDomainsRefusalsShouldSlowThatDomainAlone() {
    accept("slow.example", 100);
    accept("other.example", 100);
    refuse("slow.example", SLOW);

    Sorted sorted = pace.sort(messages(100, "slow.example", "other.example"));

    assertThat(sorted.free()).hasSize(50).allMatch(m -> m.to().endsWith("@other.example"));
    assertThat(sorted.placed()).isNotEmpty();
    assertThat(sorted.placed().size() + sorted.moved().size()).isEqualTo(50);
    assertThat(pace.nextAt()).isZero();
  }

  @Test
  void whatIsAboutOneRecipientShouldSlowNothing() {
    accept("slow.example", 5);
    IntStream.range(0, 30).forEach(i -> refuse("slow.example", FULL));
    assertThat(pace.limited()).isFalse();
  }

  @Test
  void whatHasNoPlaceSoonShouldBeSpreadOverTheTimeToCome() {
    accept("slow.example", 200);
    clock.pass(Duration.ofSeconds(10));
    refuse("slow.example", SLOW);
    double perSecond = pace.takeChanges().kept().get(0).perMinute() / 60;

    List<Sorted.Moved> moved = new ArrayList<>();
    for (int claim = 0; claim < 4; claim++) {
      moved.addAll(pace.sort(messages(500, "slow.example")).moved());
    }

    long begin = clock.millis();
    for (int second = 10; second < 100; second += 10) {
      long until = begin + second * 1000L;
      long due = moved.stream().filter(m -> m.at() <= until).count();
      assertThat((double) due).isBetween(perSecond * (second - 5), perSecond * (second + 1));
    }
    assertThat(moved).isSortedAccordingTo((a, b) -> Long.compare(a.at(), b.at()));
  }

  @Test
  void placesThatComeFreeShouldBeOfferedToWhatWaits() {
    accept("slow.example", 200);
    refuse("slow.example", SLOW);
    pace.sort(messages(500, "slow.example"));
    assertThat(pace.places()).isEmpty();

    clock.pass(Duration.ofSeconds(2));
    assertThat(pace.places().get("slow.example")).isPositive();
    pace.pulled("slow.example", 50, 0);
    assertThat(pace.places()).isEmpty();
  }

  @Test
  void severalDomainsThatRefuseTogetherShouldSlowTheLaneInstead() {
    for (int i = 0; i < 6; i++) {
      accept("d" + i + ".example", 10);
    }
    for (int i = 0; i < 6; i++) {
      String domain = "d" + i + ".example";
      IntStream.range(0, 15).forEach(n -> refuse(domain, SLOW));
    }

    assertThat(pace.sort(messages(60, "d0.example", "d1.example", "d5.example")).free())
        .hasSize(60);
    assertThat(pace.nextAt()).isPositive();
    assertThat(pace.limits()).isEqualTo(1);
  }

  @Test
  void repliesThatSayNothingShouldCountWhereMostMailGetsThem() {
    Reply unclear = new Reply(Stage.CONTENT, 451, null, "Local error");
    accept("slow.example", 15);
    IntStream.range(0, 15).forEach(i -> refuse("slow.example", unclear));
    assertThat(pace.limited()).isFalse();
    IntStream.range(0, 10).forEach(i -> refuse("slow.example", unclear));
    assertThat(pace.limited()).isTrue();
  }

  @Test
  void anotherTurnShouldGoOnAtTheSamePace() {
    accept("slow.example", 200);
    refuse("slow.example", SLOW);
    pace.sort(messages(500, "slow.example"));
    PaceRow kept = pace.takeChanges().kept().get(0);
    assertThat(kept.code()).isEqualTo(421);
    assertThat(kept.enhancedCode()).isEqualTo("4.7.28");
    assertThat(pace.takeChanges().none()).isTrue();

    pace = paces.begin(lane, List.of(kept));
    assertThat(pace.sort(messages(100, "slow.example")).free()).isEmpty();
    clock.pass(Duration.ofHours(2));
    pace = paces.begin(lane, List.of(kept));
    assertThat(pace.sort(messages(100, "slow.example")).free()).hasSize(100);
    assertThat(pace.takeChanges().gone()).containsExactly("slow.example");
  }

  @Test
  void theFirstRefusalOfANewTurnShouldKnowWhatTheTurnBeforeSawTaken() {
    for (int second = 0; second < 20; second++) {
      accept("slow.example", 50);
      clock.pass(Duration.ofSeconds(1));
    }
    pace = paces.begin(lane, List.of());
    accept("slow.example", 1);
    refuse("slow.example", SLOW);
    assertThat(pace.takeChanges().kept().get(0).perMinute()).isBetween(1000.0, 1600.0);
  }

  @Test
  void aLaneThatComesFromAnotherNodeShouldFallNoDeeperThanHalfOfWhatItsDomainsHad() {
    for (int i = 0; i < 6; i++) {
      accept("d" + i + ".example", 100);
      clock.pass(Duration.ofSeconds(2));
    }
    for (int i = 0; i < 3; i++) {
      refuse("d" + i + ".example", SLOW);
      clock.pass(Duration.ofSeconds(15));
    }
    List<PaceRow> kept = pace.takeChanges().kept();
    double known = kept.stream().mapToDouble(PaceRow::perMinute).sum();
    assertThat(kept).hasSize(3);

    paces = new Paces(DeferralRules.bundled(), clock);
    pace = paces.begin(lane, kept);
    for (int i = 0; i < 3; i++) {
      refuse("d" + i + ".example", SLOW);
    }
    double whole =
        pace.takeChanges().kept().stream()
            .filter(row -> row.domain().equals(LanePace.WHOLE))
            .mapToDouble(PaceRow::perMinute)
            .findFirst()
            .orElseThrow();
    assertThat(whole).isBetween(known / 4, known / 2);
  }

  @Test
  void whatIsPutOffForABudgetShouldComeDueWithinTheNextMinutes() {
    long minute = BEGIN.plusSeconds(60).toEpochMilli();
    List<Sorted.Moved> moved =
        messages(250, "big.example").stream().map(m -> pace.over(m, 100, minute)).toList();
    assertThat(moved).allMatch(m -> m.at() >= minute && m.at() <= minute + 152_000);
    assertThat(moved.stream().filter(m -> m.at() < minute + 60_000).count()).isBetween(95L, 101L);
  }

  /**
   * A receiver that takes so many a second and refuses the rest: the lane finds the rate, refuses
   * stay few, and it comes back once the receiver takes all.
   */
  @Test
  void theRateShouldFollowAReceiverThatTakesLessAndLessAndThenAll() {
    Receiver receiver = new Receiver();
    receiver.phase(400, 15);
    Phase fast = receiver.phase(50, 120);
    Phase slow = receiver.phase(10, 180);
    Phase free = receiver.phase(400, 180);

    assertThat(fast.refusedShare()).isLessThan(0.15);
    assertThat(fast.perSecond(60, 120)).isBetween(20.0, 50.0);
    assertThat(slow.refusedShare()).isLessThan(0.15);
    assertThat(slow.perSecond(60, 180)).isBetween(4.0, 10.0);
    assertThat(free.perSecond(150, 180)).isGreaterThan(160);
  }

  /** How a phase went, by second. */
  private record Phase(int[] taken, int[] refused) {

    /** The first seconds, in which the change is found out, left aside. */
    double refusedShare() {
      int refusals = IntStream.of(refused).skip(15).sum();
      return (double) refusals / (refusals + IntStream.of(taken).skip(15).sum());
    }

    double perSecond(int from, int to) {
      return (double) IntStream.of(taken).skip(from).limit(to - from).sum() / (to - from);
    }
  }

  /** Five milliseconds at a time; a message is answered at once, 200 a second go at most. */
  private final class Receiver {
    private final Deque<Long> ready = new ArrayDeque<>();
    private List<Sorted.Placed> placed = List.of();
    private int version;
    private double room;

    Phase phase(double perSecond, int seconds) {
      Phase phase = new Phase(new int[seconds], new int[seconds]);
      for (int step = 0; step < seconds * 200; step++) {
        clock.pass(Duration.ofMillis(5));
        room = Math.min(2, room + perSecond / 200);
        claim();
        if (ready.peek() != null && ready.peek() > clock.millis()) {
          pace.waitedFor(placed.get(0).message());
        }
        while (!ready.isEmpty() && ready.peek() <= clock.millis()) {
          ready.remove();
          boolean taken = room >= 1;
          room -= taken ? 1 : 0;
          (taken ? phase.taken : phase.refused)[step / 200]++;
          told("slow.example", taken ? Status.ACCEPTED : Status.DEFERRED, taken ? GOOD : SLOW);
        }
      }
      return phase;
    }

    /** As the feed does: what is free goes now, what has its time at that, a cut sorts anew. */
    private void claim() {
      if (version != pace.version()) {
        version = pace.version();
        pace.giveBack(placed);
        ready.clear();
      }
      if (ready.isEmpty()) {
        Sorted sorted = pace.sort(messages(1, "slow.example"));
        placed = sorted.placed();
        sorted.free().forEach(message -> ready.add(clock.millis()));
        placed.forEach(one -> ready.add(one.at()));
      }
    }
  }

  private void accept(String domain, int count) {
    IntStream.range(0, count).forEach(i -> told(domain, Status.ACCEPTED, GOOD));
  }

  private void refuse(String domain, Reply reply) {
    told(domain, Status.DEFERRED, reply);
  }

  private void told(String domain, Status status, Reply reply) {
    pace.told(new RecipientOutcome("somebody@" + domain, status, reply), 1);
  }

  private static List<ClaimedMessage> messages(int count, String... domains) {
    return Stream.iterate(0, i -> i + 1)
        .limit(count)
        .map(i -> message("r" + i + "@" + domains[i % domains.length]))
        .toList();
  }

  private static ClaimedMessage message(String to) {
    return new ClaimedMessage(
        Uuids.next(),
        Uuids.next(),
        Uuids.next(),
        null,
        to,
        "example.com",
        5,
        BEGIN,
        BEGIN.plus(Duration.ofHours(96)),
        0,
        null,
        false,
        false);
  }
}
