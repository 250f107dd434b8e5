// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import io.rookery.api.mailboxes.RecordPurpose;
import io.rookery.api.mailboxes.RecordVerdict;
import io.rookery.mailboxes.internal.dns.Dns;
import io.rookery.mailboxes.internal.dns.DnsAnswer;
import io.rookery.mailboxes.internal.dns.RecordType;
import java.util.List;

/** Whether the return path's mail, which is the bounces, comes to the platform (RFC 5321 §5.1). */
final class MxCheck implements DomainCheck {

  private final DomainSettings settings;

  MxCheck(DomainSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<CheckResult> check(DomainSubject subject, Dns dns) {
    return List.of(look(subject.returnPathHost(), dns));
  }

  CheckResult look(String host, Dns dns) {
    if (!settings.hasReturnPath()) {
      return result(
          host,
          RecordVerdict.UNCHECKED,
          List.of(),
          "The operator has not configured where bounces go");
    }
    DnsAnswer answer = dns.ask(host, RecordType.MX);
    List<String> hosts = answer.values().stream().map(MxCheck::host).toList();
    if (answer.isUnreachable()) {
      return result(host, RecordVerdict.UNREACHABLE, answer.values(), Advice.UNREACHABLE);
    } else if (hosts.isEmpty()) {
      String advice = "Bounces cannot come back: there is no MX at " + host;
      return result(host, RecordVerdict.MISSING, answer.values(), advice);
    } else if (hosts.contains(".") || hosts.contains("")) {
      String advice = "The MX says that no mail is taken here (RFC 7505)";
      return result(host, RecordVerdict.WRONG, answer.values(), advice);
    } else if (!settings.mx().isEmpty() && !settings.mx().containsAll(hosts)) {
      String advice = "Bounces may go elsewhere; leave only " + String.join(" and ", settings.mx());
      return result(host, RecordVerdict.WRONG, answer.values(), advice);
    }
    return result(host, RecordVerdict.OK, answer.values(), null);
  }

  private static String host(String value) {
    return value.substring(value.indexOf(' ') + 1);
  }

  private static CheckResult result(
      String host, RecordVerdict verdict, List<String> found, String advice) {
    return new CheckResult(RecordPurpose.MX, host, verdict, found, advice);
  }
}
