// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.gate;

import io.rookery.api.mailboxes.DomainService;

/** Mail leaves only from domains that the tenant may send for; not asked of the sandbox. */
final class SenderDomainCheck implements GateCheck {

  private final DomainService domains;

  SenderDomainCheck(DomainService domains) {
    this.domains = domains;
  }

  @Override
  public void check(GateSubject subject, Findings findings) {
    if (subject.sandboxed()) {
      return;
    }
    for (String domain : subject.domains()) {
      domains
          .objection(subject.context(), domain)
          .ifPresent(why -> findings.add("domain_not_verified", why));
    }
  }
}
