// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import io.rookery.api.mailboxes.RecordPurpose;
import io.rookery.api.mailboxes.RecordVerdict;
import io.rookery.mailboxes.internal.dns.Dns;
import io.rookery.mailboxes.internal.dns.DnsAnswer;
import io.rookery.mailboxes.internal.dns.RecordType;
import java.util.List;

/**
 * Whether the platform may send with the return path's host in the envelope (RFC 7208), and, as
 * advice, with the domain itself.
 */
final class SpfCheck implements DomainCheck {

  private final DomainSettings settings;

  SpfCheck(DomainSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<CheckResult> check(DomainSubject subject, Dns dns) {
    return List.of(returnPath(subject.returnPathHost(), dns), look(subject.name(), dns));
  }

  /** Returns what came of the return path's host. */
  CheckResult returnPath(String host, Dns dns) {
    if (!settings.hasReturnPath() && settings.spfTerms().isEmpty()) {
      return new CheckResult(
          RecordPurpose.SPF,
          host,
          RecordVerdict.UNCHECKED,
          List.of(),
          "The operator has configured no return path and no senders");
    }
    return look(host, dns);
  }

  private CheckResult look(String host, Dns dns) {
    DnsAnswer answer = dns.ask(host, RecordType.TXT);
    List<String> records = SpfRecord.among(answer.values());
    if (answer.isUnreachable()) {
      return result(host, RecordVerdict.UNREACHABLE, records, Advice.UNREACHABLE);
    } else if (records.isEmpty()) {
      return result(host, RecordVerdict.MISSING, records, "There is no SPF record at " + host);
    } else if (records.size() > 1) {
      String advice =
          "Merge the SPF records into one: with several, receivers heed none (RFC 7208 §4.5)";
      return result(host, RecordVerdict.DOUBLED, records, advice);
    }
    return walked(host, records, dns);
  }

  private CheckResult walked(String host, List<String> records, Dns dns) {
    SpfWalk walk = SpfWalk.of(records.get(0), dns);
    if (walk.fault() != null) {
      String advice = "Receivers give up on the record (permerror): " + walk.fault();
      return result(host, RecordVerdict.WRONG, records, advice);
    } else if (walk.isUnreachable()) {
      return result(host, RecordVerdict.UNREACHABLE, records, Advice.UNREACHABLE);
    } else if (walk.isOpen()) {
      String advice = "+all lets anybody send in this name; end the record with ~all or -all";
      return result(host, RecordVerdict.WRONG, records, advice);
    } else if (settings.spfTerms().isEmpty()) {
      String advice = "The operator has not said who sends, so that was not compared";
      RecordVerdict verdict =
          settings.returnPathTarget() != null ? RecordVerdict.OK : RecordVerdict.UNCHECKED;
      return result(host, verdict, records, advice);
    } else if (!walk.admits(settings)) {
      String merged = SpfText.merged(records.get(0), settings).orElseThrow();
      return result(
          host, RecordVerdict.WRONG, records, "The platform is not in it; make it " + merged);
    }
    return result(host, RecordVerdict.OK, records, null);
  }

  private static CheckResult result(
      String host, RecordVerdict verdict, List<String> found, String advice) {
    return new CheckResult(RecordPurpose.SPF, host, verdict, found, advice);
  }
}
