// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.gate;

import io.rookery.api.mailboxes.DomainService;
import io.rookery.api.mailboxes.DomainService.DomainTrust;
import java.util.List;

/**
 * Recipients outside the sandbox can reach the unsubscribe page (RFC 8058), which the operator's
 * word for a domain stands for.
 */
final class UnsubscribeCheck implements GateCheck {

  private final DomainService domains;

  UnsubscribeCheck(DomainService domains) {
    this.domains = domains;
  }

  @Override
  public void check(GateSubject subject, Findings findings) {
    if (subject.sandboxed() || !subject.commercial() || subject.domains().isEmpty()) {
      return;
    }
    List<String> trusted =
        domains.trusted(subject.context()).stream().map(DomainTrust::domain).toList();
    for (String domain : subject.domains()) {
      if (trusted.stream().noneMatch(t -> domain.equals(t) || domain.endsWith("." + t))) {
        findings.add(
            "unsubscribe_unreachable",
            "It is not proven that recipients of mail from %s reach the unsubscribe page; the"
                + " operator may trust the domain",
            domain);
      }
    }
  }
}
