// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import io.rookery.api.mailboxes.RecordPurpose;
import io.rookery.api.mailboxes.RecordVerdict;
import io.rookery.mailboxes.internal.dns.Dns;
import io.rookery.mailboxes.internal.dns.RecordType;
import java.util.List;
import java.util.Locale;

/**
 * Which DMARC policy applies to the domain, and whether what we sign and the return path are
 * aligned with it (RFC 9989 §4.4, §4.10).
 */
final class DmarcCheck implements DomainCheck {

  private final DomainSettings settings;

  DmarcCheck(DomainSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<CheckResult> check(DomainSubject subject, Dns dns) {
    String host = "_dmarc." + subject.name();
    DmarcWalk walk = DmarcWalk.of(subject.name(), dns);
    // What stands at the domain itself applies, whoever is out of reach above it.
    if (!walk.doubled().isEmpty()) {
      String advice = "Leave one DMARC record: of several, receivers discard all (RFC 9989 §4.10)";
      return List.of(result(host, RecordVerdict.DOUBLED, walk.doubled(), advice));
    }
    if (walk.unreachable() && !walk.records().containsKey(subject.name())) {
      return List.of(result(host, RecordVerdict.UNREACHABLE, List.of(), Advice.UNREACHABLE));
    }
    return List.of(
        walk.place()
            .map(place -> applied(subject, host, place, walk, dns))
            .orElseGet(() -> absent(host, dns)));
  }

  /** What stands there without being a record deserves another word than nothing at all. */
  private static CheckResult absent(String host, Dns dns) {
    List<String> near =
        dns.ask(host, RecordType.TXT).values().stream()
            .filter(text -> text.toLowerCase(Locale.ROOT).contains("dmarc"))
            .toList();
    return near.isEmpty()
        ? result(
            host,
            RecordVerdict.MISSING,
            near,
            "Publish a DMARC record; the big receivers ask bulk senders for one")
        : result(
            host,
            RecordVerdict.WRONG,
            near,
            "The record must begin with v=DMARC1, written just so, or it is ignored");
  }

  private CheckResult applied(
      DomainSubject subject, String host, String place, DmarcWalk walk, Dns dns) {
    String text = walk.records().get(place);
    DmarcPolicy policy = DmarcPolicy.of(TagList.parse(text), place.equals(subject.name()));
    if (policy.strength() == null) {
      String advice = "Give the record a policy: p=none to begin with";
      return result(host, RecordVerdict.WRONG, List.of(text), advice);
    }
    String advice = policy.advice();
    if (settings.hasReturnPath() && !isAligned(subject.returnPathHost(), walk, policy, dns)) {
      advice += "; the return path is not aligned with the domain, so only DKIM counts";
    }
    if (!place.equals(subject.name())) {
      advice = "The record of " + place + " applies. " + advice;
    }
    return result(host, RecordVerdict.OK, List.of(text), advice);
  }

  /** Aligned are names of one organization; strictly, one and the same name (RFC 9989 §4.4). */
  private static boolean isAligned(String host, DmarcWalk walk, DmarcPolicy policy, Dns dns) {
    if (policy.strictSpf()) {
      return host.equals(walk.domain());
    }
    DmarcWalk other = DmarcWalk.of(host, dns);
    return walk.unreachable()
        || other.unreachable()
        || other.organisation().equals(walk.organisation());
  }

  private static CheckResult result(
      String host, RecordVerdict verdict, List<String> found, String advice) {
    return new CheckResult(RecordPurpose.DMARC, host, verdict, found, advice);
  }
}
