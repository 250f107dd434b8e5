// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.door;

import io.rookery.rest.internal.filter.SourceAddresses;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.servlet.ServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ErrorHandler;

/**
 * Stands between a web container and whatever it serves. Each answer gets the headers of {@link
 * AnswerHeaders}, also one that no resource makes; methods that are none of the API's end here, so
 * that TRACE echoes no credential; and who takes too long to say what they want is sent away.
 * Thread-safe.
 */
public final class Door implements HttpConfiguration.Customizer, AutoCloseable {

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final String ALLOWED = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

  private final SourceAddresses sources;
  private final List<Guarded> guarded = new CopyOnWriteArrayList<>();

  /** Believes proxies of these addresses how they were spoken to. */
  public Door(SourceAddresses sources) {
    this.sources = sources;
  }

  /** A server, how it answered what is no request before, and who watches it. */
  private record Guarded(Server server, ErrorHandler before, SlowHeads slow) {}

  /**
   * Sees to it that the server of a request is guarded. The container of the distribution is made
   * by others and known by its first request alone.
   */
  public void guard(ServletRequest asked, HttpServletResponse answer) {
    Request request = Request.getBaseRequest(asked);
    if (request == null || guards(request.getHttpChannel().getServer())) {
      return;
    }
    guard(request.getHttpChannel().getServer());
    prepare(request, answer);
  }

  private boolean guards(Server server) {
    return guarded.stream().anyMatch(known -> known.server() == server);
  }

  /** Guards all that a server serves by the connectors that it has now; once is enough. */
  public synchronized void guard(Server server) {
    if (guards(server)) {
      return;
    }
    ErrorHandler before = server.getErrorHandler();
    server.setErrorHandler(new BareErrors());
    for (Connector connector : server.getConnectors()) {
      HttpConnectionFactory http = connector.getConnectionFactory(HttpConnectionFactory.class);
      if (http != null) {
        http.getHttpConfiguration().setSendServerVersion(false);
        http.getHttpConfiguration().addCustomizer(this);
      }
    }
    SlowHeads slow = new SlowHeads(server);
    slow.watch();
    guarded.add(new Guarded(server, before, slow));
  }

  @Override
  public void customize(Connector connector, HttpConfiguration configuration, Request request) {
    prepare(request, request.getResponse());
    if (!METHODS.contains(request.getMethod())) {
      refuse(request);
    }
  }

  private void prepare(Request request, HttpServletResponse answer) {
    AnswerHeaders.each(answer::setHeader);
    if (!request.isSecure() && behindTls(request)) {
      request.setSecure(true);
    }
    if (request.isSecure()) {
      answer.setHeader("Strict-Transport-Security", AnswerHeaders.TRANSPORT);
    }
  }

  private boolean behindTls(Request request) {
    String protocol = request.getHeader("X-Forwarded-Proto");
    return protocol != null
        && protocol.strip().toLowerCase(Locale.ROOT).equals("https")
        && sources.trusts(request.getRemoteAddr());
  }

  private static void refuse(Request request) {
    request.setHandled(true);
    HttpServletResponse answer = request.getResponse();
    answer.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    answer.setHeader("Allow", ALLOWED);
    answer.setContentLength(0);
    try {
      answer.flushBuffer();
    } catch (IOException e) {
      request.setAttribute(Door.class.getName(), e);
    }
  }

  /** Leaves the servers that it guards as they were. */
  @Override
  public synchronized void close() {
    for (Guarded known : guarded) {
      known.slow().close();
      known.server().setErrorHandler(known.before());
      for (Connector connector : known.server().getConnectors()) {
        HttpConnectionFactory http = connector.getConnectionFactory(HttpConnectionFactory.class);
        if (http != null) {
          http.getHttpConfiguration().getCustomizers().remove(this);
        }
      }
    }
    guarded.clear();
  }
}
