// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.oauth;

import io.rookery.api.secrets.PlatformSecrets;
import io.rookery.api.secrets.SecretService;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.mailboxes.internal.FixedKeys;
import io.rookery.persistence.Transactions;
import io.rookery.spi.secrets.SecretData;
import io.rookery.testkit.mail.DirectEgress;
import io.rookery.testkit.mail.TestCertificate;
import io.rookery.testkit.oauth.TokenServer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a node has for OAuth 2, registered at a token server as the provider {@code acme}. */
public final class OAuthNode implements AutoCloseable {

  public static final String CLIENT = "rookery";
  public static final String CLIENT_SECRET = "cl1ent-s3cret";
  public static final String REDIRECT = "https://mail.rookery.example/oauth/callback";

  /** The mail server that is shown tokens. */
  public static final String HOST = "smtp.acme.example";

  private static final String REFERENCE = "oauth/acme";

  public final DirectEgress egress = new DirectEgress();
  public final TokenKeeper keeper;
  public final ConsentFlow flow;
  private final Map<String, SecretData> platform = new ConcurrentHashMap<>();

  /** Makes a node that waits for an answer no longer than told. */
  public OAuthNode(
      Transactions transactions,
      SecretService secrets,
      TokenServer server,
      TestCertificate certificate,
      Clock clock,
      Duration timeout) {
    Clients clients = new Clients();
    clients.bindClient(new ConfiguredClient(client(server)));
    GuardedHttps https = new GuardedHttps(egress, certificate.client(), timeout);
    PlatformSecrets kept = new Kept();
    keeper = new TokenKeeper(secrets, kept, clients, https, clock);
    flow = new ConsentFlow(transactions, new FixedKeys(), kept, clients, keeper, clock);
  }

  private static Client client(TokenServer server) {
    return new Client(
        "acme",
        CLIENT,
        REFERENCE,
        URI.create(server.authorizationEndpoint()),
        URI.create(server.tokenEndpoint()),
        "mail.send offline",
        "access_type=offline",
        URI.create(REDIRECT),
        Set.of(HOST));
  }

  @Override
  public void close() {
    keeper.close();
  }

  private final class Kept implements PlatformSecrets {

    @Override
    public SecretData read(TenantContext context, String reference, String purpose) {
      return Optional.ofNullable(platform.get(reference))
          .orElseThrow(() -> RookeryException.notFound("secret"));
    }

    @Override
    public int write(TenantContext operator, String reference, SecretData data, String purpose) {
      platform.put(reference, data);
      return 1;
    }

    @Override
    public void purge(TenantContext context, String reference, String purpose) {
      platform.remove(reference);
    }
  }
}
