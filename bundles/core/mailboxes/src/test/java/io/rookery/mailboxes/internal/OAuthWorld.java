// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.MailboxConsents.Ending;
import io.rookery.api.mailboxes.MailboxConsents.ProviderAnswer;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.TenantContext;
import io.rookery.mailboxes.internal.oauth.OAuthNode;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.plugin.Secret;
import io.rookery.testkit.mail.TestCertificate;
import io.rookery.testkit.oauth.TokenServer;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A tenant, a provider, and two nodes that share a database and a secret store. */
final class OAuthWorld implements AutoCloseable {

  static final String ADDRESS = "ann@example.com";
  private static final TestCertificate CERTIFICATE = TestCertificate.forHost("localhost");

  final MovableClock clock = new MovableClock();
  final FakeSecrets secrets = new FakeSecrets();
  final List<NewEvent> events = new CopyOnWriteArrayList<>();
  final BackendDirectoryImpl backends = new BackendDirectoryImpl();
  final TokenServer provider =
      new TokenServer(OAuthNode.CLIENT, OAuthNode.CLIENT_SECRET, CERTIFICATE, clock);
  final OAuthNode node;
  final OAuthNode otherNode;
  final MailboxServiceImpl service;
  final MailboxServiceImpl otherService;
  final MailboxConsentsImpl consents;

  OAuthWorld(TestDatabase database) {
    this(database, Duration.ofSeconds(20));
  }

  OAuthWorld(TestDatabase database, Duration timeout) {
    backends.bindBackend(new FakeTokenRelay(provider), Map.of("backend", "tokens", "version", "1"));
    backends.bindBackend(new FakeRelay(), Map.of("backend", "relay", "version", "1"));
    EventLog log = (tx, appended) -> events.addAll(appended);
    var transactions = database.transactions();
    node = new OAuthNode(transactions, secrets, provider, CERTIFICATE, clock, timeout);
    otherNode = new OAuthNode(transactions, secrets, provider, CERTIFICATE, clock, timeout);
    service =
        new MailboxServiceImpl(
            transactions, secrets, log, backends, node.keeper, TestWorkspaces.OPEN, clock);
    otherService =
        new MailboxServiceImpl(
            transactions, secrets, log, backends, otherNode.keeper, TestWorkspaces.OPEN, clock);
    consents = new MailboxConsentsImpl(transactions, log, backends, node.flow, clock);
    TenantContext operator = database.tenant();
    consents.keepClientSecret(operator, "acme", Secret.of(OAuthNode.CLIENT_SECRET));
    otherNode.flow.keepClientSecret(operator, "acme", Secret.of(OAuthNode.CLIENT_SECRET));
  }

  Mailbox mailbox(TenantContext context) {
    return service.create(
        context, new MailboxData(ADDRESS, null, "tokens", Map.of(), Map.of(), null, null, null));
  }

  URI begin(TenantContext context, UUID mailboxId) {
    return consents.start(context, mailboxId, "acme").authorizationUrl();
  }

  /** Connects a new mailbox, its owner consenting. */
  Mailbox connected(TenantContext context) {
    Mailbox made = mailbox(context);
    connect(context, made.id());
    return service.get(context, made.id());
  }

  void connect(TenantContext context, UUID mailboxId) {
    Ending ending = come(provider.consent(begin(context, mailboxId), ADDRESS));
    if (ending != Ending.CONNECTED) {
      throw new AssertionError("The mailbox is not connected: " + ending);
    }
  }

  /** Has a browser come where a provider sent it. */
  Ending come(URI redirect) {
    return consents.complete(answer(redirect));
  }

  static ProviderAnswer answer(URI redirect) {
    Map<String, String> query = query(redirect);
    return new ProviderAnswer(query.get("state"), query.get("code"), query.get("error"));
  }

  static Map<String, String> query(URI address) {
    Map<String, String> query = new HashMap<>();
    for (String pair : address.getRawQuery().split("&")) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  List<String> eventTypes() {
    return events.stream().map(NewEvent::type).toList();
  }

  @Override
  public void close() {
    node.close();
    otherNode.close();
    provider.close();
  }
}
