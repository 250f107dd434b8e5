// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import io.rookery.api.mailboxes.DkimSelector;
import java.time.Instant;
import java.util.List;

/**
 * The domain that is looked at, names in A-labels.
 *
 * @param now the time of the check, which says whether a retired selector's grace is over
 */
public record DomainSubject(
    String name,
    String returnPathHost,
    String trackingHost,
    List<DkimSelector> selectors,
    Instant now) {

  /** Copies the selectors. */
  public DomainSubject {
    selectors = List.copyOf(selectors);
  }
}
