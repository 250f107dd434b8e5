// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import io.rookery.mailboxes.internal.check.SpfRecord.Term;
import io.rookery.mailboxes.internal.dns.Dns;
import io.rookery.mailboxes.internal.dns.DnsAnswer;
import io.rookery.mailboxes.internal.dns.RecordType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Goes through an SPF record and those that it includes, as a receiver would for a sender that
 * matches nothing: counts the terms that need the DNS and collects who is let through. For one walk
 * on one thread.
 */
final class SpfWalk {

  /** RFC 7208 §4.6.4. */
  private static final int MOST_LOOKUPS = 10;

  private static final Set<String> LOOKUPS = Set.of("include", "a", "mx", "ptr", "exists");

  private final Dns dns;
  private final Set<String> includes = new HashSet<>();
  private final List<IpNetwork> networks = new ArrayList<>();
  private int lookups;
  private String fault;
  private boolean unreachable;
  private boolean open;

  private SpfWalk(Dns dns) {
    this.dns = dns;
  }

  /** Goes through a record. */
  static SpfWalk of(String record, Dns dns) {
    SpfWalk walk = new SpfWalk(dns);
    walk.record(record, true);
    return walk;
  }

  /** Returns why receivers give up on the record (permerror), or null. */
  String fault() {
    return fault;
  }

  /** Returns whether a name server kept the walk from its end. */
  boolean isUnreachable() {
    return unreachable;
  }

  /** Returns whether everybody may send. */
  boolean isOpen() {
    return open;
  }

  /** Returns whether the platform's senders are let through. */
  boolean admits(DomainSettings settings) {
    boolean included = settings.spfInclude() != null && includes.contains(settings.spfInclude());
    return included
        || (!settings.spfNetworks().isEmpty()
            && settings.spfNetworks().stream()
                .allMatch(ours -> networks.stream().anyMatch(theirs -> theirs.covers(ours))));
  }

  private void record(String text, boolean passes) {
    SpfRecord record = SpfRecord.parse(text);
    if (record.fault() != null) {
      fail("the term " + record.fault() + " cannot be read");
    }
    for (Term term : record.terms()) {
      if (fault != null || unreachable) {
        return;
      }
      if (!term.modifier() && term.name().equals("all")) {
        open |= passes && term.qualifier() == '+';
        return;
      }
      term(term, passes);
    }
    record.terms().stream()
        .filter(term -> term.modifier() && term.name().equals("redirect"))
        .findFirst()
        .ifPresent(term -> enter(term, passes));
  }

  private void term(Term term, boolean passes) {
    boolean lets = passes && term.qualifier() == '+';
    if (term.modifier()) {
      return;
    }
    if (term.name().equals("include")) {
      if (lets) {
        includes.add(term.value());
      }
      enter(term, lets);
    } else if (LOOKUPS.contains(term.name())) {
      count();
    } else if (lets) {
      IpNetwork.parse(term.value()).ifPresent(networks::add);
    }
  }

  /** Goes on in the record of another name. */
  private void enter(Term term, boolean passes) {
    count();
    if (fault != null || unreachable || term.value().contains("%")) {
      return; // What a macro leads to depends on the mail.
    }
    DnsAnswer answer = dns.ask(term.value(), RecordType.TXT);
    List<String> records = SpfRecord.among(answer.values());
    if (answer.isUnreachable()) {
      unreachable = true;
    } else if (records.size() != 1) {
      String what = records.isEmpty() ? "no SPF record" : "several SPF records";
      fail(term.name() + " leads to " + term.value() + ", which has " + what);
    } else {
      // Everybody inside an include is everybody outside too.
      record(records.get(0).toLowerCase(Locale.ROOT), passes);
    }
  }

  private void count() {
    lookups++;
    if (lookups > MOST_LOOKUPS) {
      fail("it takes more than 10 DNS look-ups (RFC 7208 §4.6.4)");
    }
  }

  private void fail(String why) {
    if (fault == null) {
      fault = why;
    }
  }
}
