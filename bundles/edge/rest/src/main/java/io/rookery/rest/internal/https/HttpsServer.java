// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.https;

import io.rookery.api.certificates.ServerKeys;
import io.rookery.rest.internal.door.Door;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.EnumSet;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.servlet.DispatcherType;
import org.apache.cxf.Bus;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.servlet.FilterHolder;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Serves the resources of a bus by TLS 1.2 and 1.3, with a certificate for each name. */
final class HttpsServer implements AutoCloseable {

  private static final int THREADS = 64;
  private static final int SPARE = 4;
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration STOPPING = Duration.ofSeconds(5);

  private final Server server;
  private final ServerConnector connector;

  /** Begins to listen; the public address says under which host everything is shown. */
  HttpsServer(InetSocketAddress address, String publicAddress, ServerKeys keys, Bus bus)
      throws Exception {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, SPARE);
    threads.setName("rookery-https");
    this.server = new Server(threads);
    server.setStopTimeout(STOPPING.toMillis());
    this.connector = new ServerConnector(server, tls(keys), http());
    connector.setHost(address.getHostString());
    connector.setPort(address.getPort());
    connector.setIdleTimeout(IDLE.toMillis());
    server.addConnector(connector);
    server.setHandler(handler(publicAddress, bus));
    boolean started = false;
    try {
      server.start();
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  private static SslConnectionFactory tls(ServerKeys keys) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {new SniKeys(keys)}, null, null);
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setSslContext(context);
    factory.setIncludeProtocols("TLSv1.2", "TLSv1.3");
    factory.setRenegotiationAllowed(false);
    return new SslConnectionFactory(factory, "http/1.1");
  }

  private static HttpConnectionFactory http() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    SecureRequestCustomizer secure = new SecureRequestCustomizer();
    secure.setSslSessionAttribute(HostPaths.SESSION);
    configuration.addCustomizer(secure);
    return new HttpConnectionFactory(configuration);
  }

  private static ServletContextHandler handler(String publicAddress, Bus bus) {
    ServletHolder servlet = new ServletHolder(new SharedServlet(bus));
    // No page that lists the services to strangers.
    servlet.setInitParameter("hide-service-list-page", "true");
    ServletContextHandler handler = new ServletContextHandler();
    handler.addFilter(
        new FilterHolder(new HostPaths(publicAddress)), "/*", EnumSet.of(DispatcherType.REQUEST));
    handler.addServlet(servlet, "/*");
    return handler;
  }

  /** Ends without ending the bus and its resources, which others serve as well. */
  private static final class SharedServlet extends CXFNonSpringServlet {

    private static final long serialVersionUID = 1L;

    SharedServlet(Bus bus) {
      setBus(bus);
    }

    @Override
    public void destroy() {
      // They are the whiteboard's.
    }
  }

  /** Lets nobody in but through a door. */
  void guard(Door door) {
    door.guard(server);
  }

  int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
