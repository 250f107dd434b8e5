// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.api;

import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;

/**
 * The same Jetty in a JVM of its own, with servlets that read a contact and sign somebody in, by
 * JDBC from the platform's own database, as its superuser: no key, no tenant, no limit, no log.
 */
public final class PlainServer implements AutoCloseable {

  private static final String PORT = "PLAIN_DATABASE_PORT";
  private static final String PASSWORD = "PLAIN_DATABASE_PASSWORD";
  private static final int CONNECTIONS = 20;

  private final Process process;
  private final URI root;

  private PlainServer(Process process, URI root) {
    this.process = process;
    this.root = root;
  }

  /** Starts one on a database of this machine. */
  public static PlainServer start(int port, String password) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            PlainServer.class.getName());
    builder.environment().put(PORT, Integer.toString(port));
    builder.environment().put(PASSWORD, password);
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    String answer = out.readLine();
    if (answer == null) {
      process.destroyForcibly();
      throw new IOException("The plain servlets did not start");
    }
    return new PlainServer(process, URI.create("http://127.0.0.1:" + answer + "/"));
  }

  /** Returns where it answers. */
  public URI root() {
    return root;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  /** Serves on a free port of this machine, which it prints, until it is ended. */
  public static void main(String[] arguments) throws Exception {
    try (HikariDataSource database = database()) {
      PlainSignIn.prepare(database);
      Server server = new Server();
      ServerConnector connector = new ServerConnector(server);
      connector.setHost("127.0.0.1");
      server.addConnector(connector);
      ServletContextHandler context = new ServletContextHandler();
      context.addServlet(new ServletHolder(new PlainRead(database)), "/contacts/*");
      context.addServlet(new ServletHolder(new PlainSignIn(database)), "/sessions");
      server.setHandler(context);
      server.start();
      System.out.println(connector.getLocalPort());
      server.join();
    }
  }

  private static HikariDataSource database() {
    HikariDataSource database = new HikariDataSource();
    database.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + System.getenv(PORT) + "/rookery");
    database.setUsername("postgres");
    database.setPassword(System.getenv(PASSWORD));
    database.setMaximumPoolSize(CONNECTIONS);
    return database;
  }
}
