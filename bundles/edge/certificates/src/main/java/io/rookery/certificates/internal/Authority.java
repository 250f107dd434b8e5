// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** Who issues certificates. Calls take seconds, at most about two minutes; thread-safe. */
interface Authority {

  /** Where answers to its questions are laid out while an order is under way. */
  interface Answers {

    /** Has a question answered by every node from now on. */
    void put(String token, String answer);
  }

  /**
   * Orders a certificate for a host.
   *
   * @param replaced the one that it takes the place of, or null
   * @return the host's certificate first
   * @throws OrderException where there is none, with the reason
   */
  List<X509Certificate> order(String host, KeyPair key, X509Certificate replaced, Answers answers)
      throws OrderException, InterruptedException;

  /**
   * Returns when it would have a certificate renewed (RFC 9773), or null where it does not say.
   *
   * @throws OrderException where it does not answer
   */
  Instant renewal(X509Certificate certificate) throws OrderException;
}
