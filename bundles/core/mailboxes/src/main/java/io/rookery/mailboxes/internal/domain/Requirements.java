// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import io.rookery.api.mailboxes.RecordPurpose;
import io.rookery.api.mailboxes.RecordVerdict;
import io.rookery.mailboxes.internal.check.CheckResult;
import io.rookery.mailboxes.internal.check.DkimCheck;
import io.rookery.mailboxes.internal.check.DomainSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * What a domain needs to be verified: the RSA record of its selector, which also proves that the
 * tenant may change the domain; and the SPF of the return path where the platform has one and it is
 * known what its SPF should say.
 */
record Requirements(List<Need> needs) {

  /** A record that must be right. */
  record Need(RecordPurpose purpose, String host) {}

  static Requirements of(
      String name, String returnPathHost, Selectors selectors, DomainSettings settings) {
    List<Need> needs = new ArrayList<>();
    needs.add(new Need(RecordPurpose.DKIM, DkimCheck.host(selectors.deciding().name(), name)));
    if (settings.judgesReturnPathSpf()) {
      needs.add(new Need(RecordPurpose.SPF, returnPathHost));
    }
    return new Requirements(needs);
  }

  boolean includes(RecordPurpose purpose, String host) {
    return needs.contains(new Need(purpose, host));
  }

  /** Returns whether all are right. */
  boolean met(List<CheckResult> results) {
    return needs.stream().allMatch(need -> verdict(need, results) == RecordVerdict.OK);
  }

  /** Returns whether one is known to be at fault; what could not be reached is not. */
  boolean broken(List<CheckResult> results) {
    return needs.stream().anyMatch(need -> verdict(need, results).bad());
  }

  private static RecordVerdict verdict(Need need, List<CheckResult> results) {
    return results.stream()
        .filter(result -> result.isAbout(need.purpose(), need.host()))
        .map(CheckResult::verdict)
        .findFirst()
        .orElse(RecordVerdict.UNCHECKED);
  }
}
