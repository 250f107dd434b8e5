// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.reach;

import io.rookery.api.mailboxes.PublicReach;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.jobs.Schedule;
import io.rookery.mailboxes.internal.domain.PublicAddress;
import io.rookery.mailboxes.internal.link.RequestHost;
import io.rookery.persistence.Schema;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends itself a one-click POST through the public address and notes when it arrives. Any node may
 * be the one where it arrives. The address is the operator's, so no tenant has a say in where this
 * connects to; redirects are not followed, as no receiver follows them (RFC 8058 §3.1).
 */
@Component(
    service = {PublicReach.class, Schedule.class},
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=mailboxes)"))
public final class PublicReachImpl implements PublicReach, Schedule {

  private static final Logger LOG = LoggerFactory.getLogger(PublicReachImpl.class);
  private static final Duration PROVEN = Duration.ofHours(24);

  /** A proof is renewed long before it runs out, and asked for often while there is none. */
  private static final Duration FRESH = Duration.ofHours(1);

  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration ANSWER = Duration.ofSeconds(15);

  private final Transactions transactions;
  private final String baseUrl;
  private final RequestHost host;
  private final ProofToken tokens;
  private final HttpClient client;
  private final Clock clock;
  private final ReachStore store = new ReachStore();
  private String lastTrouble = "";

  /** Makes the service. */
  @Activate
  public PublicReachImpl(
      @Reference Transactions transactions,
      @Reference PlatformKeys keys,
      @Reference PublicAddress address) {
    this(transactions, keys, address.url(), client(), Clock.systemUTC());
  }

  PublicReachImpl(
      Transactions transactions,
      PlatformKeys keys,
      String baseUrl,
      HttpClient client,
      Clock clock) {
    this.transactions = transactions;
    this.baseUrl = baseUrl;
    this.host = new RequestHost(PublicAddress.of(baseUrl));
    this.tokens = new ProofToken(keys, baseUrl);
    this.client = client;
    this.clock = clock;
  }

  private static HttpClient client() {
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NEVER)
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(ANSWER)
        .build();
  }

  @Override
  public Optional<String> objection() {
    if (!isSecure()) {
      return Optional.of(
          "public.base_url in etc/io.rookery.sending.cfg is no https address, which one-click"
              + " unsubscribes need (RFC 8058)");
    }
    return reachedWithin(PROVEN)
        ? Optional.empty()
        : Optional.of(
            "No one-click unsubscribe came back through public.base_url within 24 hours; the log"
                + " says why");
  }

  private boolean isSecure() {
    return baseUrl.startsWith("https://");
  }

  private boolean reachedWithin(Duration time) {
    Instant since = clock.instant().minus(time);
    return transactions
        .system(SystemPurpose.MONITORING, connection -> store.reachedAt(connection, baseUrl))
        .filter(at -> at.isAfter(since))
        .isPresent();
  }

  @Override
  public boolean arrived(String token, String given) {
    Instant now = clock.instant();
    if (!tokens.isGenuine(token, now)) {
      return false;
    }
    if (!host.isOwn(given)) {
      LOG.warn(
          "A request through public.base_url came with another Host than it was sent with: have"
              + " the proxy keep that field, as recipients' requests are refused");
      return false;
    }
    transactions.system(
        SystemPurpose.MONITORING,
        connection -> {
          store.reached(connection, baseUrl, now);
          return null;
        });
    return true;
  }

  @Override
  public String name() {
    return "mailboxes.reach";
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run() throws InterruptedException {
    if (isSecure() && !reachedWithin(FRESH)) {
      tell(send());
    }
  }

  /** Returns what kept the proof from being answered, or an empty text. */
  private String send() throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(baseUrl + "/u/" + tokens.make(clock.instant())))
              .timeout(ANSWER)
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString("List-Unsubscribe=One-Click"))
              .build();
      HttpResponse<Void> answer = client.send(request, BodyHandlers.discarding());
      if (answer.statusCode() != 200) {
        return "it answered " + answer.statusCode();
      }
      return reachedWithin(FRESH) ? "" : "what answers there is not this platform";
    } catch (IOException | IllegalArgumentException e) {
      return e.toString();
    }
  }

  /** Once for each trouble, not each minute. */
  private void tell(String trouble) {
    if (!trouble.equals(lastTrouble)) {
      lastTrouble = trouble;
      if (trouble.isEmpty()) {
        LOG.info("One-click unsubscribes reach the platform through its public address");
      } else {
        LOG.warn("No one-click unsubscribe comes back through public.base_url: {}", trouble);
      }
    }
  }
}
