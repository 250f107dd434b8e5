// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An exact account of a ledger, per recipient. Each recipient is to get one message, so whoever
 * counts gives every message of a run a recipient of its own.
 */
public final class Account {

  private final Map<String, List<LedgerLine>> copies = new LinkedHashMap<>();
  private final Set<String> lost;
  private final List<LedgerLine> doubles = new ArrayList<>();
  private int strangers;

  private Account(Collection<String> expected) {
    lost = new LinkedHashSet<>(expected);
  }

  /** Sets what was taken against those to whom something was sent. */
  public static Account of(Collection<LedgerLine> lines, Collection<String> expected) {
    Account account = new Account(expected);
    Set<String> known = Set.copyOf(expected);
    for (LedgerLine line : lines) {
      if (!known.contains(line.recipient())) {
        account.strangers++;
        continue;
      }
      List<LedgerLine> before =
          account.copies.computeIfAbsent(line.recipient(), recipient -> new ArrayList<>(1));
      if (!before.isEmpty()) {
        account.doubles.add(line);
      }
      before.add(line);
      account.lost.remove(line.recipient());
    }
    return account;
  }

  /** Returns the recipients that got nothing. */
  public Set<String> lost() {
    return lost;
  }

  /** Returns every copy beyond a recipient's first, in order of time. */
  public List<LedgerLine> doubles() {
    return doubles;
  }

  /** Returns the first copy of a recipient, who must have got one. */
  public LedgerLine first(String recipient) {
    return copies.get(recipient).get(0);
  }

  /** Returns how many recipients got something. */
  public int reached() {
    return copies.size();
  }

  /** Returns how many lines name a recipient that nothing was sent to. */
  public int strangers() {
    return strangers;
  }

  /** Returns how many recipients got how many copies, nobody's 0 included. */
  public Map<Integer, Integer> distribution() {
    Map<Integer, Integer> distribution = new TreeMap<>();
    if (!lost.isEmpty()) {
      distribution.put(0, lost.size());
    }
    copies.values().forEach(list -> distribution.merge(list.size(), 1, Integer::sum));
    return distribution;
  }

  /** Returns how many recipients got copies under more than one Message-ID. */
  public long withSeveralIds() {
    return copies.values().stream()
        .filter(list -> list.stream().map(LedgerLine::messageId).distinct().count() > 1)
        .count();
  }
}
