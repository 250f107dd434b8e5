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

  /** Returns the row with a new certificate. */
  CertificateRow order(CertificateRow row) throws OrderException, InterruptedException {
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
      return row.got(chain.get(0), secrets.write(host, key.getPrivate(), chain), clock.instant());
    } catch (GeneralSecurityException | RookeryException e) {
      throw new OrderException("The key cannot be made or kept: " + e.getMessage(), e);
    } finally {
      forget(host);
    }
  }

  /** Returns the certificate that is replaced, or null where there is none, or no longer. */
  private X509Certificate former(CertificateRow row) throws GeneralSecurityException {
    try {
      return row.version() == 0 ? null : secrets.read(row.host()).certificate();
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
    } catch (RookeryException e) {
      LOG.debug("Answers for {} are left to expire: {}", host, e.toString());
    }
  }

  /** Returns the row with the time at which the authority would have it renewed. */
  CertificateRow lookedAt(CertificateRow row) {
    Instant now = clock.instant();
    try {
      return row.lookedAt(authority.renewal(secrets.read(row.host()).certificate()), now);
    } catch (OrderException | GeneralSecurityException | RookeryException e) {
      LOG.debug("It is not known when to renew {}: {}", row.host(), e.toString());
      return row.lookedAt(null, now);
    }
  }
}
