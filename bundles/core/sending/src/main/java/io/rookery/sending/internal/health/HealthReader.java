// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.health;

import io.rookery.api.mailboxes.AutomaticPause;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.mailboxes.PauseCause;
import io.rookery.api.mailboxes.SendingPauses;
import io.rookery.api.monitoring.MetricSource;
import io.rookery.events.Event;
import io.rookery.events.EventReader;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Schema;
import io.rookery.sending.internal.health.Stretches.Excess;
import io.rookery.sending.internal.store.HealthStore;
import io.rookery.sending.internal.store.HealthStore.Increment;
import io.rookery.sending.internal.store.HealthStore.Judged;
import io.rookery.sending.internal.store.HealthStore.Origin;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Counts what becomes of messages for each mailbox, From domain and tenant, and judges them after
 * each event: whatever passes a bound is paused by the transaction that counts what passed it.
 */
@Component(service = {EventReader.class, MetricSource.class})
public final class HealthReader implements EventReader, MetricSource {

  private static final Duration LONGEST = Duration.ofDays(30);

  /** Older events are counted and judge nobody: what they tell may be over by now. */
  private static final Duration FRESH = Duration.ofHours(1);

  private final MailboxService mailboxes;
  private final SendingPauses pauses;
  private final Clock clock;
  private final HealthStore store = new HealthStore();
  private final Map<Subject.Scope, AtomicLong> paused = new EnumMap<>(Subject.Scope.class);

  /** Makes the reader. */
  @Activate
  public HealthReader(
      @Reference MailboxService mailboxes,
      @Reference SendingPauses pauses,
      @Reference(target = "(area=sending)") Schema schema) {
    this(mailboxes, pauses, Clock.systemUTC());
  }

  HealthReader(MailboxService mailboxes, SendingPauses pauses, Clock clock) {
    this.mailboxes = mailboxes;
    this.pauses = pauses;
    this.clock = clock;
    for (Subject.Scope scope : Subject.Scope.values()) {
      paused.put(scope, new AtomicLong());
    }
  }

  @Override
  public String name() {
    return "sending.health";
  }

  @Override
  public Set<String> types() {
    return Set.of("message.accepted", "message.bounced", "message.complained");
  }

  /** Every tenant that sends has news all the time, and a pause may come two seconds later. */
  @Override
  public Duration rest() {
    return Duration.ofSeconds(2);
  }

  /** What an event tells of a message. */
  private record Fact(Instant at, Set<Subject> subjects, Counts counts) {}

  @Override
  public void apply(Tx tx, List<Event> events) throws SQLException {
    List<Fact> facts = facts(tx, events);
    if (facts.isEmpty()) {
      return;
    }
    Map<Subject, Counts> news = new HashMap<>();
    for (Fact fact : facts) {
      fact.subjects().forEach(subject -> news.merge(subject, fact.counts(), Counts::plus));
    }
    Map<Subject, Judged> judged = store.judged(tx, news.keySet());
    Map<Subject, Stretches> all = stretches(tx, news, judged);
    Map<Subject, Excess> passed = judge(facts, all, judged);
    store.add(tx, increments(all));
    for (Subject.Scope scope : Subject.Scope.values()) {
      passed.forEach(
          (subject, excess) -> {
            if (subject.scope() == scope) {
              pause(tx, subject, excess);
            }
          });
    }
  }

  private List<Fact> facts(Tx tx, List<Event> events) throws SQLException {
    Instant oldest = clock.instant().minus(LONGEST);
    List<Event> counted =
        events.stream().filter(event -> event.occurredAt().isAfter(oldest)).toList();
    Map<UUID, Origin> origins =
        store.origins(tx, counted.stream().map(Event::subjectId).distinct().toList());
    List<Fact> facts = new ArrayList<>();
    for (Event event : counted) {
      Origin origin = origins.get(event.subjectId());
      Counts counts = origin == null ? Counts.NONE : counts(event, origin);
      if (!counts.equals(Counts.NONE)) {
        Set<Subject> subjects = new LinkedHashSet<>();
        subjects.add(Subject.TENANT);
        subjects.add(Subject.domain(origin.host()));
        subjects.add(Subject.mailbox(origin.mailboxId()));
        facts.add(new Fact(event.occurredAt(), subjects, counts));
      }
    }
    return facts;
  }

  /** A message that bounces after a server took it was counted as sent then. */
  private static Counts counts(Event event, Origin origin) {
    return switch (event.type()) {
      case "message.accepted" -> new Counts(1, 0, 0);
      case "message.complained" -> new Counts(0, 0, 1);
      default -> new Counts(origin.taken() ? 0 : 1, HardBounces.told(event.data()) ? 1 : 0, 0);
    };
  }

  /** Looks up what was counted before, where it could matter: most have too little that is bad. */
  private Map<Subject, Stretches> stretches(
      Tx tx, Map<Subject, Counts> news, Map<Subject, Judged> judged) throws SQLException {
    Instant since = clock.instant().minus(LONGEST);
    Map<Subject, Counts> bad = store.bad(tx, news.keySet(), since);
    Set<Subject> close = new HashSet<>();
    news.forEach(
        (subject, counts) -> {
          Counts sum = counts.plus(bad.getOrDefault(subject, Counts.NONE));
          if (List.of(Bound.values()).stream().anyMatch(b -> b.counted(sum) >= b.least())) {
            close.add(subject);
          }
        });
    Map<Subject, Map<Instant, Counts>> known = store.stretches(tx, close, since);
    Map<Subject, Stretches> all = new HashMap<>();
    for (Subject subject : news.keySet()) {
      Instant anew = judged.containsKey(subject) ? judged.get(subject).countedSince() : null;
      all.put(subject, new Stretches(anew, known.getOrDefault(subject, Map.of())));
    }
    return all;
  }

  private Map<Subject, Excess> judge(
      List<Fact> facts, Map<Subject, Stretches> all, Map<Subject, Judged> judged) {
    Instant fresh = clock.instant().minus(FRESH);
    Map<Subject, Excess> passed = new HashMap<>();
    for (Fact fact : facts) {
      for (Subject subject : fact.subjects()) {
        Stretches stretches = all.get(subject);
        stretches.add(fact.at(), fact.counts());
        if (fact.at().isAfter(fresh)
            && !passed.containsKey(subject)
            && isJudged(subject, judged.get(subject))) {
          Optional<Excess> excess = stretches.excess(fact.at());
          excess.ifPresent(found -> passed.put(subject, found));
        }
      }
    }
    return passed;
  }

  /** Of a mailbox that is gone nothing is known; what is paused for its mails is so already. */
  private static boolean isJudged(Subject subject, Judged judged) {
    if (judged == null) {
      return subject.scope() != Subject.Scope.MAILBOX;
    }
    return judged.pausedBy() == null
        || !PauseCause.valueOf(judged.pausedBy().toUpperCase(Locale.ROOT)).isQuality();
  }

  private static List<Increment> increments(Map<Subject, Stretches> all) {
    List<Increment> increments = new ArrayList<>();
    all.forEach(
        (subject, stretches) ->
            stretches
                .added()
                .forEach((since, counts) -> increments.add(new Increment(subject, since, counts))));
    return increments;
  }

  private void pause(Tx tx, Subject subject, Excess excess) {
    Counts counts = excess.counts();
    AutomaticPause why =
        AutomaticPause.quality(
            excess.bound().cause(), counts.sent(), excess.bound().counted(counts));
    Optional<Instant> until =
        switch (subject.scope()) {
          case TENANT -> pauses.pauseAutomatically(tx, SendingPauses.Scope.TENANT, null, why);
          case DOMAIN ->
              pauses.pauseAutomatically(tx, SendingPauses.Scope.DOMAIN, subject.name(), why);
          case MAILBOX -> mailboxes.pauseAutomatically(tx, UUID.fromString(subject.name()), why);
        };
    until.ifPresent(end -> paused.get(subject.scope()).incrementAndGet());
  }

  @Override
  public List<Sample> samples() {
    return paused.entrySet().stream()
        .map(
            count ->
                new Sample(
                    "rookery_automatic_pauses_total",
                    "Pauses for bounces and complaints that this node decided",
                    true,
                    Map.of("scope", count.getKey().word()),
                    count.getValue().get()))
        .toList();
  }
}
