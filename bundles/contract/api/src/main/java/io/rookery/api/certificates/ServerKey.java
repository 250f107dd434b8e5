// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.certificates;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a TLS server shows for a host. Prints the certificate's serial number alone.
 *
 * @param chain the host's certificate first, then those that lead to a root
 */
public record ServerKey(PrivateKey key, List<X509Certificate> chain) {

  /** Checks that there is a certificate. */
  public ServerKey {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("A server's key needs its certificate");
    }
  }

  /** Returns the host's certificate. */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  @Override
  public String toString() {
    return "ServerKey[" + certificate().getSerialNumber().toString(16) + "]";
  }
}
