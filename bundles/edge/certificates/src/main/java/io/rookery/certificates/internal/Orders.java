// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import io.rookery.certificates.internal.CertificateStore.Question;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One order from a new key to the secret that every node reads. Thread-safe. */
final class Orders {

  private static final Logger LOG = LoggerFactory.getLogger(Orders.class);
  private static final Duration ASKED_WITHIN = Duration.ofMinutes(15);

  private final Transactions transactions;
  private final Authority authority;
  private final KeySecrets secrets;
  private final Clock clock;
  private final CertificateStore store = new CertificateStore();

  Orders(Transactions transactions, Authority authority, KeySecrets secrets, Clock clock) {
    this.transactions = transactions;
    this.authority = authority;
    this.secrets = secrets;
    this.clock = clock;
  }

  /**
   * A certificate that was issued and kept.
   *
   * @param version of the secret that it was kept under
   */
  record Issued(X509Certificate certificate, int version) {}

  /** Orders a certificate for a host and keeps it. */
  Issued order(CertificateRow row) throws OrderException, InterruptedException {
    String host = row.host();
    try {
      KeyPair key = Pem.generate();
      // The store is tried first: a certificate that cannot be kept counts against the limit.
      X509Certificate former = former(row);
      List<X509Certificate> chain =
          authority.order(
              host,
              key,
              row.failures() == 0 ? former : null,
              (token, answer) -> put(host, token, answer));
      return keep(host, key, chain);
    } catch (GeneralSecurityException | RookeryException e) {
      throw new OrderException("The key cannot be made or kept: " + OrderException.told(e), e);
    } finally {
      forget(host);
    }
  }

  private Issued keep(String host, KeyPair key, List<X509Certificate> chain) throws OrderException {
    try {
      return new Issued(chain.get(0), secrets.write(host, key.getPrivate(), chain));
    } catch (GeneralSecurityException | RuntimeException e) {
      throw OrderException.lost(e);
    }
  }

  /**
   * Returns the certificate that is replaced, or null where there is none, or no longer, or none
   * that can be read. The store is asked for a host's first certificate as well, as a sealed one
   * tells itself by nothing else.
   */
  private X509Certificate former(CertificateRow row) {
    try {
      X509Certificate kept = secrets.read(row.host()).certificate();
      return row.version() == 0 ? null : kept;
    } catch (GeneralSecurityException e) {
      LOG.warn("What {} has cannot be read and is replaced: {}", row.host(), e.toString());
      return null;
    } catch (RookeryException e) {
      if (e.code().equals(CommonErrors.NOT_FOUND)) {
        return null;
      }
      throw e;
    }
  }

  private void put(String host, String token, String answer) {
    Question question = new Question(token, host, answer, clock.instant().plus(ASKED_WITHIN));
    transactions.system(
        SystemPurpose.LINK_HOSTS,
        system -> {
          store.put(system, question);
          return null;
        });
  }

  private void forget(String host) {
    try {
      transactions.system(
          SystemPurpose.LINK_HOSTS,
          system -> {
            store.forget(system, host, clock.instant());
            return null;
          });
    } catch (RuntimeException e) {
      LOG.debug("Answers for {} are left to expire: {}", host, e.toString());
    }
  }

  /** Returns when the authority would have a host's certificate renewed, or null. */
  Instant renewal(CertificateRow row) {
    try {
      return authority.renewal(secrets.read(row.host()).certificate());
    } catch (OrderException | GeneralSecurityException | RookeryException e) {
      LOG.debug("It is not known when to renew {}: {}", row.host(), e.toString());
    } catch (RuntimeException e) { // Libraries throw those, too; one host stops no other.
      LOG.warn("It is not known when to renew {}", row.host(), e);
    }
    return null;
  }
}
