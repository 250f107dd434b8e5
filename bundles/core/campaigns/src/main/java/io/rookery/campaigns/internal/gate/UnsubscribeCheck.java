// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.gate;

import io.rookery.api.mailboxes.DomainService;
import io.rookery.api.mailboxes.DomainService.DomainTrust;
import io.rookery.api.mailboxes.PublicReach;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Recipients outside the sandbox can unsubscribe by one click (RFC 8058): such a request of our own
 * came back through the public address, or the operator's word for a domain stands for that.
 */
final class UnsubscribeCheck implements GateCheck {

  private final DomainService domains;
  private final PublicReach reach;

  UnsubscribeCheck(DomainService domains, PublicReach reach) {
    this.domains = domains;
    this.reach = reach;
  }

  @Override
  public void check(GateSubject subject, Findings findings) {
    if (subject.sandboxed() || !subject.commercial() || subject.domains().isEmpty()) {
      return;
    }
    Optional<String> objection = reach.objection();
    if (objection.isPresent()) {
      untrusted(subject)
          .forEach(
              domain ->
                  findings.add(
                      "unsubscribe_unreachable",
                      "%s. For an internal relay the operator may trust %s instead",
                      objection.get(),
                      domain));
    }
  }

  private Stream<String> untrusted(GateSubject subject) {
    List<String> trusted =
        domains.trusted(subject.context()).stream().map(DomainTrust::domain).toList();
    return subject.domains().stream()
        .filter(
            domain ->
                trusted.stream().noneMatch(t -> domain.equals(t) || domain.endsWith("." + t)));
  }
}
