// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.rest.internal.console.ConsoleResource;
import io.rookery.rest.internal.filter.BodyLimits;
import io.rookery.rest.internal.filter.SourceAddresses;
import io.rookery.rest.internal.metrics.Metrics;
import io.rookery.rest.internal.openapi.ApiRootResource;
import io.rookery.rest.internal.openapi.DocsResource;
import io.rookery.rest.internal.openapi.OpenApiDocument;
import io.rookery.rest.internal.openapi.OpenApiResource;
import io.rookery.rest.internal.resource.AccountPageResource;
import io.rookery.rest.internal.resource.AskResource;
import io.rookery.rest.internal.resource.AuditResource;
import io.rookery.rest.internal.resource.ConsentCallbackResource;
import io.rookery.rest.internal.resource.ContactResource;
import io.rookery.rest.internal.resource.DeadLinkResource;
import io.rookery.rest.internal.resource.DomainResource;
import io.rookery.rest.internal.resource.EmailAddressResource;
import io.rookery.rest.internal.resource.HealthResource;
import io.rookery.rest.internal.resource.ImportResource;
import io.rookery.rest.internal.resource.InvitationPageResource;
import io.rookery.rest.internal.resource.InvitationResource;
import io.rookery.rest.internal.resource.MailboxResource;
import io.rookery.rest.internal.resource.MeResource;
import io.rookery.rest.internal.resource.MemberResource;
import io.rookery.rest.internal.resource.OpenLinkResource;
import io.rookery.rest.internal.resource.PasswordResource;
import io.rookery.rest.internal.resource.RootResource;
import io.rookery.rest.internal.resource.SandboxMessageResource;
import io.rookery.rest.internal.resource.SecondFactorResource;
import io.rookery.rest.internal.resource.SessionResource;
import io.rookery.rest.internal.resource.TenantResource;
import io.rookery.rest.internal.resource.UnsubscribeResource;
import io.rookery.rest.internal.resource.VerifyPageResource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;

/** The REST API in a web container of its own, with services made for tests. */
final class RestFixture implements AutoCloseable {

  static final int BODY_LIMIT = 1 << 20;
  static final int MESSAGE_LIMIT = 2 << 20;
  static final long UPLOAD_LIMIT = 3 << 20;

  final FakeAuthenticator authenticator = new FakeAuthenticator();
  final FakePeople people = new FakePeople();
  final FakeRefusals refusals = new FakeRefusals();
  final FakeAudit audit = new FakeAudit();
  final FakeContacts contacts = new FakeContacts();
  final FakeLinks links = new FakeLinks();
  final FakeLinkHosts linkHosts = new FakeLinkHosts();
  volatile long nanos;
  final FakeImports imports = new FakeImports();
  final FakeConsents consents = new FakeConsents();
  final FakeMailboxImports mailboxImports = new FakeMailboxImports();
  final FakeInvitations invitations = new FakeInvitations();
  final HealthResource health = new HealthResource();
  final SandboxMessageResource sandbox = new SandboxMessageResource();
  final Metrics metrics = new Metrics();
  final RestServers servers;
  volatile boolean complete = true;
  private final Server jetty =
      new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  private final HttpClient client = HttpClient.newHttpClient();

  RestFixture() throws Exception {
    servers =
        new RestServers(
            new RestServers.Neighbours(() -> authenticator, () -> people, () -> refusals),
            metrics,
            new BodyLimits(BODY_LIMIT, MESSAGE_LIMIT, UPLOAD_LIMIT),
            SourceAddresses.of("127.0.0.1,::1"),
            () -> complete);
    servers.add(new RootResource());
    servers.add(new ApiRootResource());
    servers.add(new OpenApiResource(new OpenApiDocument(servers::resources)));
    servers.add(new DocsResource());
    servers.add(new ContactResource(contacts));
    servers.add(new AuditResource(audit));
    servers.add(new ImportResource(imports));
    servers.add(new OpenLinkResource(links, linkHosts));
    servers.add(new UnsubscribeResource(links, links));
    servers.add(new AccountPageResource(people.unlocks, people.passwords));
    servers.add(new DeadLinkResource(links));
    servers.add(new AskResource(linkHosts, () -> nanos));
    servers.add(new ConsentCallbackResource(consents));
    servers.add(new MailboxResource(null, consents, mailboxImports, null));
    servers.add(new TenantResource(null, null, null));
    servers.add(new DomainResource(null, null, null));
    servers.add(new MeResource(null, null));
    servers.add(new SessionResource(people, people.unlocks));
    servers.add(new ConsoleResource(people));
    servers.add(new MemberResource(people.members));
    servers.add(new PasswordResource(people.passwords));
    servers.add(new InvitationResource(invitations));
    servers.add(new InvitationPageResource(invitations));
    servers.add(new EmailAddressResource(people.addresses));
    servers.add(new SecondFactorResource(people.factors));
    servers.add(new VerifyPageResource(people.addresses));
    servers.add(health);
    servers.add(sandbox);
    CXFNonSpringServlet servlet = new CXFNonSpringServlet();
    servlet.setBus(servers.bus());
    ServletContextHandler handler = new ServletContextHandler();
    handler.addServlet(new ServletHolder(servlet), "/*");
    jetty.setHandler(handler);
    jetty.start();
  }

  int port() {
    return ((ServerConnector) jetty.getConnectors()[0]).getLocalPort();
  }

  /** Begins a request with a key that may do everything. */
  HttpRequest.Builder request(String path) {
    return open(path).header("Authorization", "Bearer rky_all");
  }

  HttpRequest.Builder open(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  HttpResponse<String> post(String path, String json) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return new ObjectMapper().readTree(response.body());
  }

  /** Returns a problem, checked to be whole. */
  static JsonNode problem(HttpResponse<String> response, int status, String code)
      throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    JsonNode problem = json(response);
    assertThat(problem.path("code").asText()).isEqualTo(code);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("type").asText()).isEqualTo("urn:rookery:problem:" + code);
    assertThat(problem.path("title").asText()).isNotBlank();
    assertThat(problem.path("detail").asText()).isNotBlank();
    assertThat(problem.path("request_id").asText())
        .isNotBlank()
        .isEqualTo(response.headers().firstValue("Request-Id").orElseThrow());
    return problem;
  }

  @Override
  public void close() throws Exception {
    jetty.stop();
    servers.close();
    metrics.close();
  }
}
