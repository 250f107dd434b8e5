// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

import io.rookery.sending.internal.line.ClaimedMessage;
import io.rookery.sending.internal.throttle.Deferral.Scope;
import io.rookery.spi.mail.Outcome.RecipientOutcome;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.spi.mail.Reply;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How fast one lane may send, as a whole and to each recipient domain, by what receivers reply.
 * Lives as long as a turn; what must outlive it is in its rows. Thread-safe.
 */
public final class LanePace {

  /** The row of the lane as a whole. */
  public static final String WHOLE = "";

  /** For how far ahead messages are placed in memory; what comes later is put off. */
  public static final long HORIZON = 2_000;

  private static final Logger LOG = LoggerFactory.getLogger(LanePace.class);

  /** So many domains that refuse within one burst speak against the account. */
  private static final int SEVERAL = 3;

  /** How often rates are looked at for a rise. */
  private static final long LOOK = 500;

  /** From so many replies on their share means something. */
  private static final int TELLING = 20;

  private final Paces paces;
  private final Clock clock;
  private final Meter meter;
  private final Map<String, PaceEntry> entries = new HashMap<>();
  private final Map<String, Long> refusing = new HashMap<>();
  private final Set<String> changed = new HashSet<>();
  private volatile boolean limited;
  private volatile int version;
  private long lookedAt;

  /**
   * Begins with what was kept and with what was taken lately.
   *
   * @param meter the lane's own, which is kept from turn to turn
   */
  LanePace(Paces paces, Meter meter, List<PaceRow> kept) {
    this.paces = paces;
    this.clock = paces.clock();
    this.meter = meter;
    kept.forEach(this::restore);
    update();
  }

  private void restore(PaceRow row) {
    PaceEntry entry = PaceEntry.of(row, clock.millis());
    entries.put(row.domain(), entry);
    if (!entry.rate().limited()) {
      changed.add(row.domain());
    }
  }

  /** Returns whether anything is limited, or waits from when it was. */
  public boolean limited() {
    return limited;
  }

  /** Returns a number that changes when a rate was cut: what was placed before is placed anew. */
  public int version() {
    return version;
  }

  /**
   * Takes what a receiver replied.
   *
   * @param age how long ago the message was given away, in milliseconds
   */
  public synchronized void told(RecipientOutcome outcome, long age) {
    long now = clock.millis();
    String domain = RecipientDomain.of(outcome.recipient());
    if (outcome.status() == Status.ACCEPTED) {
      meter.count(domain, true, now);
      meter.count(WHOLE, true, now);
      accepted(domain, now - age);
    } else if (outcome.status() == Status.DEFERRED && outcome.reply().code() != 0) {
      meter.count(domain, false, now);
      meter.count(WHOLE, false, now);
      deferred(domain, outcome.reply(), now, now - age);
    }
    rise(now);
  }

  private void accepted(String domain, long grantedAt) {
    if (limited) {
      for (String key : List.of(domain, WHOLE)) {
        PaceEntry entry = entries.get(key);
        if (entry != null && entry.rate().accepted(grantedAt)) {
          changed.add(key);
        }
      }
    }
  }

  private void deferred(String domain, Reply reply, long now, long grantedAt) {
    Deferral meaning = paces.rules().read(reply);
    boolean most =
        meaning.scope() == Scope.UNCLEAR
            && meter.refused(domain, now) >= TELLING
            && meter.refused(domain, now) > meter.well(domain, now);
    if (meaning.slows() || most) {
      double known = known(now);
      String key = meaning.scope() == Scope.ACCOUNT ? WHOLE : wider(domain, now);
      cut(
          key,
          reply,
          grantedAt,
          Math.max(meter.perMinute(key, now), key.equals(WHOLE) ? known : 0));
    }
  }

  /**
   * Where several domains refuse most of the lane's mail at once it is not about any of them; nor
   * is it where that was found before, and the lane tries how much it may send by now.
   */
  private String wider(String domain, long now) {
    refusing.values().removeIf(at -> now - at > PacedRate.BURST);
    refusing.put(domain, now);
    PaceEntry whole = entries.get(WHOLE);
    boolean found = whole != null && whole.rate().limited();
    boolean most = meter.refused(WHOLE, now) >= meter.well(WHOLE, now);
    if (refusing.size() < SEVERAL || !(most || found)) {
      return domain;
    }
    for (String one : refusing.keySet()) {
      PaceEntry entry = entries.get(one);
      if (entry != null && now - entry.rate().state().cutAt() <= PacedRate.BURST) {
        entry.rate().free();
        changed.add(one);
      }
    }
    return WHOLE;
  }

  /** Takes what the account's server said before there was any message, such as 421. */
  public synchronized void refusedWhole(Reply reply) {
    long now = clock.millis();
    cut(WHOLE, reply, now, Math.max(meter.perMinute(WHOLE, now), known(now)));
  }

  private void cut(String key, Reply reply, long grantedAt, double lately) {
    PaceEntry entry = entries.computeIfAbsent(key, k -> PaceEntry.fresh());
    if (entry.rate().refused(clock.millis(), grantedAt, lately)) {
      entry.cutFor(reply);
      changed.add(key);
      version++;
      paces.cut();
      LOG.info(
          "Mail {} goes slower: {} a minute, after {} {}",
          key.equals(WHOLE) ? "of a mailbox" : "to " + key,
          Math.round(entry.rate().perMinute()),
          entry.code(),
          entry.enhancedCode());
    }
    update();
  }

  /**
   * Returns how many a minute the lane's limited domains were let have before they refused this
   * time: what the lane as a whole sent at the least, whichever node saw it taken. Nothing where
   * the lane has a rate of its own.
   */
  private double known(long now) {
    PaceEntry whole = entries.get(WHOLE);
    if (whole != null && whole.rate().limited()) {
      return 0;
    }
    return entries.values().stream()
        .map(PaceEntry::rate)
        .filter(PacedRate::limited)
        .mapToDouble(rate -> rate.perMinuteBefore(now))
        .sum();
  }

  private void rise(long now) {
    if (!limited || now - lookedAt < LOOK) {
      return;
    }
    lookedAt = now;
    entries.forEach(
        (key, entry) -> {
          if (entry.rate().rise(now)) {
            changed.add(key);
          }
        });
    update();
  }

  /** Forgets what is neither limited nor waited for. */
  private void update() {
    long now = clock.millis();
    entries
        .entrySet()
        .removeIf(
            entry -> {
              boolean over = entry.getValue().over(now);
              if (over) {
                changed.add(entry.getKey());
              }
              return over;
            });
    limited = !entries.isEmpty();
  }

  /** Returns when the lane's next message may go, in milliseconds since 1970; the past for now. */
  public synchronized long nextAt() {
    PaceEntry whole = entries.get(WHOLE);
    return whole == null || !whole.rate().limited() ? 0 : whole.rate().nextAt(0);
  }

  /** Notes that the lane waits for its pace as a whole. */
  public synchronized void waitedFor() {
    waitedFor(WHOLE);
  }

  /** Notes that a message that was placed has to wait for its time. */
  public synchronized void waitedFor(ClaimedMessage message) {
    waitedFor(RecipientDomain.of(message.to()));
  }

  private void waitedFor(String key) {
    PaceEntry entry = entries.get(key);
    if (entry != null && entry.rate().limited()) {
      entry.rate().waitedFor();
    }
  }

  /** Notes that one of the lane's messages goes now. */
  public synchronized void gone() {
    PaceEntry whole = entries.get(WHOLE);
    if (whole != null && whole.rate().limited()) {
      whole.rate().reserve(whole.rate().nextAt(clock.millis()));
      changed.add(WHOLE);
    }
  }

  /** Gives each message of a claim its place. */
  public synchronized Sorted sort(List<ClaimedMessage> claimed) {
    long now = clock.millis();
    rise(now);
    List<ClaimedMessage> free = new ArrayList<>();
    List<Sorted.Placed> placed = new ArrayList<>();
    List<Sorted.Moved> moved = new ArrayList<>();
    for (ClaimedMessage message : claimed) {
      String domain = RecipientDomain.of(message.to());
      PaceEntry entry = entries.get(domain);
      if (entry == null || !entry.rate().limited()) {
        free.add(message);
      } else if (entry.rate().nextAt(now) <= now + HORIZON) {
        long at = entry.rate().nextAt(now);
        entry.rate().reserve(at);
        changed.add(domain);
        placed.add(new Sorted.Placed(message, at));
      } else {
        changed.add(domain);
        entry.rate().waitedFor();
        moved.add(
            new Sorted.Moved(
                message, domain, entry.putOff().next(now + HORIZON, entry.rate().interval(), now)));
      }
    }
    placed.sort((one, other) -> Long.compare(one.at(), other.at()));
    return new Sorted(free, placed, moved);
  }

  /** Puts a message off that its domain's budget has no room for. */
  public synchronized Sorted.Moved over(ClaimedMessage message, int cap, long nextMinute) {
    String domain = RecipientDomain.of(message.to());
    PaceEntry entry = entries.computeIfAbsent(domain, k -> PaceEntry.fresh());
    double interval = Math.max(60_000.0 / cap, entry.rate().interval());
    changed.add(domain);
    long at = entry.putOff().next(nextMinute, interval, clock.millis());
    update();
    return new Sorted.Moved(message, domain, at);
  }

  /** Gives places back that were not used. */
  public synchronized void giveBack(List<Sorted.Placed> unused) {
    for (Sorted.Placed one : unused) {
      PaceEntry entry = entries.get(RecipientDomain.of(one.message().to()));
      if (entry != null) {
        entry.rate().giveBack(1);
      }
    }
  }

  /**
   * Returns for how many more messages each domain has places within the horizon, where some may
   * have been put off.
   */
  public synchronized Map<String, Integer> places() {
    long now = clock.millis();
    Map<String, Integer> places = new HashMap<>();
    entries.forEach(
        (domain, entry) -> {
          int count = entry.rate().placesUntil(now + HORIZON, now);
          if (entry.putOff().waiting(now) && count > 0) {
            places.put(domain, count);
          }
        });
    return places;
  }

  /** Notes that messages which were put off were taken forward; none is left where fewer came. */
  public synchronized void pulled(String domain, int wanted, int came) {
    PaceEntry entry = entries.get(domain);
    if (entry != null) {
      entry.putOff().pulled(came, came < wanted, entry.rate().interval());
      changed.add(domain);
      update();
    }
  }

  /** Returns how many places a domain has within the horizon. */
  public synchronized int placesWithinHorizon(String domain) {
    PaceEntry entry = entries.get(domain);
    long now = clock.millis();
    return entry == null ? Integer.MAX_VALUE : entry.rate().placesUntil(now + HORIZON, now);
  }

  /** Returns what has to be kept since the last time. */
  public synchronized PaceRow.Changes takeChanges() {
    List<PaceRow> kept = new ArrayList<>();
    Set<String> gone = new HashSet<>();
    for (String key : changed) {
      PaceEntry entry = entries.get(key);
      if (entry == null) {
        gone.add(key);
      } else {
        kept.add(entry.row(key));
      }
    }
    changed.clear();
    return new PaceRow.Changes(kept, gone);
  }

  /** Takes changes back that could not be kept. */
  public synchronized void changedStill(PaceRow.Changes changes) {
    changes.kept().forEach(row -> changed.add(row.domain()));
    changed.addAll(changes.gone());
  }

  /** Returns how many limits there are. */
  public synchronized int limits() {
    return (int) entries.values().stream().filter(entry -> entry.rate().limited()).count();
  }
}
