// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.gate;

/** One thing that must hold before a campaign may start. */
interface GateCheck {

  /** Looks and reports what does not hold. */
  void check(GateSubject subject, Findings findings);
}
