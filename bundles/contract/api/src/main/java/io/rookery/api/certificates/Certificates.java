// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.certificates;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Certificates by ACME (RFC 8555) for the host of the public address and for verified link hosts.
 * One node orders, all show. Thread-safe.
 */
@ProviderType
public interface Certificates {

  /** Returns the certificates and what keeps hosts from one, by host. */
  List<HostCertificate> list();

  /**
   * Has a host's certificate ordered or renewed within about a minute, however lately it failed.
   *
   * @throws io.rookery.kernel.RookeryException {@code not_found} where no certificate may be had
   *     for the host, {@code wrong_state} where the operator has not configured ACME
   */
  void renew(String host);

  /**
   * A host and its certificate.
   *
   * @param issuer who issued it, or null while there is none, and so the times but the last
   * @param renewAt from when it is renewed
   * @param trouble why the last order failed, in a sentence, or null
   * @param nextTryAt before which nothing is ordered
   */
  record HostCertificate(
      String host,
      String issuer,
      Instant notBefore,
      Instant notAfter,
      Instant renewAt,
      String trouble,
      Instant nextTryAt) {}
}
