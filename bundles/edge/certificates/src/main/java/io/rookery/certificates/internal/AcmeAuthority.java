// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import io.rookery.kernel.RookeryException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import javax.net.ssl.SSLContext;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.OrderBuilder;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.RenewalInfo;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.connector.Resource;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeNotSupportedException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/**
 * A certificate authority by ACME (RFC 8555), which looks whether a host is ours by HTTP (§8.3).
 * Signs in at its first order, and again after a failure.
 */
final class AcmeAuthority implements Authority {

  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final Duration STEP = Duration.ofSeconds(60);

  /** Where the account's key comes from. */
  interface AccountKey {
    KeyPair get() throws GeneralSecurityException;
  }

  private final AcmeSettings settings;
  private final AccountKey accountKey;
  private Login login;

  AcmeAuthority(AcmeSettings settings, AccountKey accountKey) {
    this.settings = settings;
    this.accountKey = accountKey;
  }

  @Override
  public List<X509Certificate> order(
      String host, KeyPair key, X509Certificate replaced, Answers answers)
      throws OrderException, InterruptedException {
    try {
      Order order = begin(host, replaced);
      for (Authorization authorization : order.getAuthorizations()) {
        prove(authorization, answers);
      }
      if (order.waitUntilReady(STEP) != Status.READY) {
        throw refused(order.getError(), "The order did not become ready");
      }
      order.execute(key);
      if (order.waitForCompletion(STEP) != Status.VALID) {
        throw refused(order.getError(), "The order was not fulfilled");
      }
      return order.getCertificate().getCertificateChain();
    } catch (RookeryException e) { // Our own side's, from the answers or the account's key.
      throw e;
    } catch (AcmeException | RuntimeException e) { // Odd answers and clocks make unchecked ones.
      throw failed(e);
    }
  }

  private Order begin(String host, X509Certificate replaced) throws AcmeException, OrderException {
    Login session = login();
    boolean said = replaced != null && tellsRenewal(session);
    OrderBuilder order = session.newOrder().domain(host);
    return said ? order.replaces(replaced).create() : order.create();
  }

  private static boolean tellsRenewal(Login session) throws AcmeException {
    return session.getSession().resourceUrlOptional(Resource.RENEWAL_INFO).isPresent();
  }

  private static void prove(Authorization authorization, Answers answers)
      throws AcmeException, OrderException, InterruptedException {
    if (authorization.getStatus() == Status.VALID) {
      return;
    }
    Http01Challenge challenge =
        authorization
            .findChallenge(Http01Challenge.class)
            .orElseThrow(
                () -> new OrderException("The authority does not offer to look by HTTP", null));
    answers.put(challenge.getToken(), challenge.getAuthorization());
    challenge.trigger();
    if (authorization.waitForCompletion(STEP) != Status.VALID) {
      challenge.fetch();
      throw refused(challenge.getError(), "The authority did not find the host to be ours");
    }
  }

  @Override
  public Instant renewal(X509Certificate certificate) throws OrderException {
    try {
      Login session = login();
      if (!tellsRenewal(session)) {
        return null;
      }
      RenewalInfo info = session.bindRenewalInfo(certificate);
      Instant start = info.getSuggestedWindowStart();
      long millis = Duration.between(start, info.getSuggestedWindowEnd()).toMillis();
      // Anywhere within, so that not all come at once (RFC 9773 §4.2).
      return start.plusMillis(ThreadLocalRandom.current().nextLong(Math.max(1, millis)));
    } catch (AcmeNotSupportedException e) {
      return null;
    } catch (RookeryException e) {
      throw e;
    } catch (AcmeException | RuntimeException e) {
      throw failed(e);
    }
  }

  private synchronized Login login() throws AcmeException, OrderException {
    if (login == null) {
      try {
        Session session = new Session(settings.directory(), new Provider(trust()));
        session.networkSettings().setTimeout(ANSWER);
        AccountBuilder account =
            new AccountBuilder().agreeToTermsOfService().useKeyPair(accountKey.get());
        if (settings.contact() != null) {
          account.addEmail(settings.contact());
        }
        login = account.createLogin(session);
      } catch (GeneralSecurityException e) {
        throw new OrderException("The account's key cannot be used: " + e.getMessage(), e);
      }
    }
    return login;
  }

  private SSLContext trust() throws GeneralSecurityException {
    return settings.trust() == null ? SSLContext.getDefault() : Pem.trusting(settings.trust());
  }

  private synchronized OrderException failed(Exception e) {
    login = null;
    Instant notBefore = null;
    Throwable cause =
        e instanceof AcmeLazyLoadingException && e.getCause() != null ? e.getCause() : e;
    if (cause instanceof AcmeRateLimitedException limited) {
      notBefore = limited.getRetryAfter().orElse(null);
    }
    return new OrderException(
        "The authority refused or failed: " + OrderException.told(cause), notBefore, e);
  }

  private static OrderException refused(Optional<Problem> problem, String otherwise) {
    String detail = problem.flatMap(Problem::getDetail).map(text -> ": " + text).orElse("");
    return new OrderException(otherwise + detail, null);
  }

  /** Speaks to the authority over TLS that trusts what the operator says. */
  private static final class Provider extends GenericAcmeProvider {

    private final SSLContext trust;

    Provider(SSLContext trust) {
      this.trust = trust;
    }

    @Override
    public HttpClient createHttpClient(NetworkSettings network) {
      return HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(network.getTimeout())
          .proxy(network.getProxySelector())
          .sslContext(trust)
          .build();
    }
  }
}
