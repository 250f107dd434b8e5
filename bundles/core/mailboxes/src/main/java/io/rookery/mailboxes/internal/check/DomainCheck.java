// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import io.rookery.mailboxes.internal.dns.Dns;
import java.util.List;

/** Looks at one kind of record. Keeps nothing between looks; thread-safe. */
interface DomainCheck {

  /** Returns what it came to, one result for each name that was looked at. */
  List<CheckResult> check(DomainSubject subject, Dns dns);
}
