// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is ordered for in a run: the platform's own host and renewals first, then new hosts, with
 * tenants taking turns. Limits of an authority are mostly a domain's or a host's, so one that is
 * refused for its rate holds up its tenant's new hosts alone; only refusals of several tenants with
 * no success between tell of a limit of the account. For one thread at a time.
 */
final class Turns {

  /** Fewer than authorities take; a first start with many hosts takes its time. */
  static final int AT_A_TIME = 5;

  /** So that a tenant with many hosts leaves room for others, and for the account's limits. */
  static final int PER_TENANT = 3;

  /** No refusal holds up other hosts for longer, whatever the authority says. */
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);
  private static final Duration REMEMBERED = Duration.ofDays(1);
  private static final int SEVERAL = 2;

  private final HostOwners owners;
  private final Map<String, Instant> served = new HashMap<>();
  private final Map<String, Instant> heldUntil = new HashMap<>();
  private final Set<String> refusedInARow = new HashSet<>();
  private Instant pausedUntil = Instant.MIN;

  /**
   * A host that is ordered for.
   *
   * @param owner whose turn it takes, or null where it waits for nobody
   */
  record Turn(CertificateRow row, String owner) {}

  Turns(HostOwners owners) {
    this.owners = owners;
  }

  /**
   * Returns what to order now, first things first.
   *
   * @param due the rows that wait for no more than their turn
   * @param first the host that goes before all others, or null
   */
  List<Turn> next(List<CertificateRow> due, String first, Instant now) {
    List<Turn> turns =
        due.stream()
            .filter(row -> isUrgent(row, first))
            .sorted(
                Comparator.comparing((CertificateRow row) -> !row.host().equals(first))
                    .thenComparing(
                        CertificateRow::notAfter, Comparator.nullsFirst(Comparator.naturalOrder()))
                    .thenComparing(CertificateRow::host))
            .limit(AT_A_TIME)
            .map(row -> new Turn(row, null))
            .collect(Collectors.toCollection(ArrayList::new));
    List<CertificateRow> waiting =
        due.stream().filter(row -> !isUrgent(row, first)).collect(Collectors.toList());
    if (!waiting.isEmpty() && turns.size() < AT_A_TIME) {
      turns.addAll(inTurn(waiting, AT_A_TIME - turns.size(), now));
    }
    return turns;
  }

  /** One that others see already, or that everything else stands on. */
  private static boolean isUrgent(CertificateRow row, String first) {
    return row.version() > 0 || row.host().equals(first);
  }

  /** Whoever had fewest in this run, then whoever was served longest ago, is next. */
  private List<Turn> inTurn(List<CertificateRow> waiting, int most, Instant now) {
    served.values().removeIf(at -> at.plus(REMEMBERED).isBefore(now));
    heldUntil.values().removeIf(until -> !until.isAfter(now));
    Map<String, Set<String>> whose = owners(waiting);
    Map<String, Integer> taken = new HashMap<>();
    Comparator<String> fairness =
        Comparator.comparing((String owner) -> taken.getOrDefault(owner, 0))
            .thenComparing(owner -> served.getOrDefault(owner, Instant.MIN));
    Comparator<Turn> order =
        Comparator.comparing(Turn::owner, fairness)
            .thenComparing(turn -> turn.row().nextTryAt())
            .thenComparing(turn -> turn.row().host());
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      Optional<Turn> next =
          waiting.stream()
              .flatMap(
                  row ->
                      whose.get(row.host()).stream()
                          .filter(owner -> taken.getOrDefault(owner, 0) < PER_TENANT)
                          .map(owner -> new Turn(row, owner)))
              .filter(turn -> mayGo(turn, now))
              .min(order);
      if (next.isEmpty()) {
        break;
      }
      turns.add(next.get());
      waiting.remove(next.get().row());
      taken.merge(next.get().owner(), 1, Integer::sum);
      served.put(next.get().owner(), now);
    }
    return turns;
  }

  /** A host that many claim may take the turn of any of them, or a claim could hold it up. */
  private Map<String, Set<String>> owners(List<CertificateRow> waiting) {
    Set<String> names = waiting.stream().map(CertificateRow::host).collect(Collectors.toSet());
    Map<String, Set<String>> known = Map.of();
    if (names.size() > PER_TENANT) { // Else all go, whosoever they are.
      try {
        known = owners.of(names);
      } catch (RuntimeException e) {
        LOG.warn("It is not known whose the new hosts are, domains take turns: {}", e.toString());
      }
    }
    Map<String, Set<String>> whose = new HashMap<>();
    for (String name : names) {
      Set<String> found = known.getOrDefault(name, Set.of());
      whose.put(name, found.isEmpty() ? Set.of(domain(name)) : found);
    }
    return whose;
  }

  private static String domain(String host) {
    int dot = host.indexOf('.');
    return host.indexOf('.', dot + 1) < 0 ? host : host.substring(dot + 1);
  }

  /** Returns whether what was planned may still go, after what the run met until then. */
  boolean mayGo(Turn turn, Instant now) {
    return turn.owner() == null
        || !pausedUntil.isAfter(now) && !heldUntil.getOrDefault(turn.owner(), now).isAfter(now);
  }

  /** Notes that the authority took an order. */
  void fulfilled(Turn turn) {
    if (turn.owner() != null) {
      refusedInARow.clear();
    }
  }

  /** Notes that the authority would be asked again at some time only. */
  void refused(Turn turn, Instant notBefore, Instant now) {
    if (turn.owner() == null) {
      return;
    }
    Instant longest = now.plus(LONGEST_PAUSE);
    Instant until = notBefore.isAfter(longest) ? longest : notBefore;
    heldUntil.put(turn.owner(), until);
    refusedInARow.add(turn.owner());
    if (refusedInARow.size() >= SEVERAL) {
      pausedUntil = until;
      refusedInARow.clear();
    }
  }
}
