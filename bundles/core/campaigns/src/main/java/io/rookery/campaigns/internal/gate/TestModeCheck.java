// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.gate;

import io.rookery.kernel.TenantContext;

/** What a test key makes never leaves the sandbox. */
final class TestModeCheck implements GateCheck {

  @Override
  public void check(GateSubject subject, Findings findings) {
    boolean test = subject.campaign().mode() == TenantContext.Mode.TEST;
    if (test && !subject.senders().isEmpty() && !subject.sandboxed()) {
      findings.add(
          "test_mode_needs_sandbox",
          "What is made in test mode is sent from sandbox mailboxes only");
    }
  }
}
