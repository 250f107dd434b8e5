// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import io.rookery.api.mailboxes.RecordPurpose;
import io.rookery.api.mailboxes.RecordVerdict;
import io.rookery.mailboxes.internal.dns.Dns;
import java.util.List;

/**
 * Whether the return path's host is an alias of the operator's, or stands with right records of its
 * own.
 */
final class ReturnPathCheck implements DomainCheck {

  private final DomainSettings settings;
  private final SpfCheck spf;
  private final MxCheck mx;

  ReturnPathCheck(DomainSettings settings, SpfCheck spf, MxCheck mx) {
    this.settings = settings;
    this.spf = spf;
    this.mx = mx;
  }

  @Override
  public List<CheckResult> check(DomainSubject subject, Dns dns) {
    return List.of(look(subject.returnPathHost(), dns));
  }

  private CheckResult look(String host, Dns dns) {
    String target = settings.returnPathTarget();
    if (target == null) {
      String advice =
          settings.hasReturnPath()
              ? "The host stands with MX and SPF records of its own"
              : "The operator has not configured a host for return paths";
      return result(host, RecordVerdict.UNCHECKED, List.of(), advice);
    }
    Aliases aliases = Aliases.of(host, dns);
    if (aliases.leadTo(target)) {
      return result(host, RecordVerdict.OK, aliases.names(), null);
    } else if (aliases.unreachable()) {
      return result(host, RecordVerdict.UNREACHABLE, aliases.names(), Advice.UNREACHABLE);
    } else if (!aliases.names().isEmpty()) {
      String advice = "It is an alias of another host; make it a CNAME of " + target;
      return result(host, RecordVerdict.WRONG, aliases.names(), advice);
    }
    return byItself(host, target, dns);
  }

  private CheckResult byItself(String host, String target, Dns dns) {
    CheckResult mail = mx.look(host, dns);
    CheckResult senders = spf.returnPath(host, dns);
    if (mail.verdict() == RecordVerdict.OK && senders.verdict() == RecordVerdict.OK) {
      String advice =
          "It stands with MX and SPF records of its own; a CNAME of "
              + target
              + " would follow the operator's changes by itself";
      return result(host, RecordVerdict.OK, mail.found(), advice);
    } else if (mail.verdict() == RecordVerdict.UNREACHABLE
        || senders.verdict() == RecordVerdict.UNREACHABLE) {
      return result(host, RecordVerdict.UNREACHABLE, List.of(), Advice.UNREACHABLE);
    }
    return result(
        host,
        mail.found().isEmpty() && senders.found().isEmpty()
            ? RecordVerdict.MISSING
            : RecordVerdict.WRONG,
        mail.found(),
        "Publish a CNAME from " + host + " to " + target);
  }

  private static CheckResult result(
      String host, RecordVerdict verdict, List<String> found, String advice) {
    return new CheckResult(RecordPurpose.RETURN_PATH, host, verdict, found, advice);
  }
}
