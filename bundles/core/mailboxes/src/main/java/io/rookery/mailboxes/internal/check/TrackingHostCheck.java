// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import io.rookery.api.mailboxes.RecordPurpose;
import io.rookery.api.mailboxes.RecordVerdict;
import io.rookery.mailboxes.internal.dns.Dns;
import io.rookery.mailboxes.internal.dns.DnsAnswer;
import io.rookery.mailboxes.internal.dns.RecordType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether the host of links leads to the platform: as an alias, or by the same addresses. */
final class TrackingHostCheck implements DomainCheck {

  private final DomainSettings settings;

  TrackingHostCheck(DomainSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<CheckResult> check(DomainSubject subject, Dns dns) {
    return List.of(look(subject.trackingHost(), dns));
  }

  CheckResult look(String host, Dns dns) {
    String target = settings.trackingTarget();
    if (target == null) {
      return result(
          host,
          RecordVerdict.UNCHECKED,
          List.of(),
          "The operator has configured no public host for links");
    }
    Aliases aliases = Aliases.of(host, dns);
    if (aliases.leadTo(target)) {
      return result(host, RecordVerdict.OK, aliases.names(), null);
    }
    Addresses here = Addresses.of(host, dns);
    Addresses there = Addresses.of(target, dns);
    if (aliases.unreachable() || here.unreachable() || there.unreachable()) {
      return result(host, RecordVerdict.UNREACHABLE, aliases.names(), Advice.UNREACHABLE);
    } else if (here.all().isEmpty() && aliases.names().isEmpty()) {
      String advice = "Publish a CNAME from " + host + " to " + target;
      return result(host, RecordVerdict.MISSING, List.of(), advice);
    } else if (!here.all().isEmpty() && there.all().containsAll(here.all())) {
      String advice =
          "It has the platform's addresses; a CNAME of " + target + " would follow them";
      return result(host, RecordVerdict.OK, List.copyOf(here.all()), advice);
    }
    List<String> found = new ArrayList<>(aliases.names());
    found.addAll(here.all());
    return result(
        host, RecordVerdict.WRONG, found, "It leads elsewhere; make it a CNAME of " + target);
  }

  private record Addresses(Set<String> all, boolean unreachable) {

    static Addresses of(String host, Dns dns) {
      Set<String> all = new HashSet<>();
      boolean unreachable = false;
      for (RecordType type : List.of(RecordType.A, RecordType.AAAA)) {
        DnsAnswer answer = dns.ask(host, type);
        all.addAll(answer.values());
        unreachable |= answer.isUnreachable();
      }
      return new Addresses(all, unreachable);
    }
  }

  private static CheckResult result(
      String host, RecordVerdict verdict, List<String> found, String advice) {
    return new CheckResult(RecordPurpose.TRACKING_HOST, host, verdict, found, advice);
  }
}
