// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import java.util.List;
import java.util.Optional;

/**
 * What the operator has configured about the platform's own names. Hosts are in A-labels.
 *
 * @param returnPathLabel the label of return paths below a domain
 * @param trackingLabel the label of tracking hosts below a domain
 * @param returnPathTarget the operator's host that return paths are aliases of, or null
 * @param mx the hosts that take the mail of return paths; empty where not configured
 * @param spfInclude the name whose SPF record lists the platform's senders, or null
 * @param spfNetworks the platform's senders; empty where not configured
 * @param trackingTarget the operator's host that tracking hosts are aliases of, or null
 * @param dmarcReports the address that DMARC reports shall go to, or null
 */
public record DomainSettings(
    String returnPathLabel,
    String trackingLabel,
    String returnPathTarget,
    List<String> mx,
    String spfInclude,
    List<IpNetwork> spfNetworks,
    String trackingTarget,
    String dmarcReports) {

  /** Copies the lists. */
  public DomainSettings {
    mx = List.copyOf(mx);
    spfNetworks = List.copyOf(spfNetworks);
  }

  /** Returns whether bounces of tenants' mail come to the platform. */
  public boolean hasReturnPath() {
    return returnPathTarget != null || !mx.isEmpty();
  }

  /**
   * Returns whether the SPF record of return paths can be found right: behind the operator's host
   * whatever it says is the operator's, elsewhere it has to be known who sends.
   */
  public boolean judgesReturnPathSpf() {
    return returnPathTarget != null || (!mx.isEmpty() && spfTerms().isPresent());
  }

  /** Returns the terms that let the platform send in an SPF record; empty where not configured. */
  public Optional<String> spfTerms() {
    if (spfInclude != null) {
      return Optional.of("include:" + spfInclude);
    }
    return spfNetworks.stream().map(IpNetwork::term).reduce((a, b) -> a + " " + b);
  }
}
