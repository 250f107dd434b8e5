// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import io.rookery.mail.smtp.internal.SmtpSettings.Security;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.BackendException.Kind;
import io.rookery.spi.mail.Reply;
import io.rookery.spi.mail.Reply.Stage;
import io.rookery.spi.plugin.Destination;
import io.rookery.spi.plugin.Destination.Protocol;
import io.rookery.spi.plugin.EgressGuard;
import io.rookery.spi.plugin.EgressRefusedException;
import java.io.EOFException;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Brings connections up to the point where mail can be sent: TCP, TLS, greeting, EHLO, STARTTLS,
 * sign-in. What the peer says is repeated only once it has greeted as an SMTP server does, for
 * until then it may be any service that a tenant would like to read from.
 */
final class Opener {

  private final EgressGuard guard;
  private final SSLSocketFactory tls;
  private final Watch watch;

  Opener(EgressGuard guard, SSLSocketFactory tls, Watch watch) {
    this.guard = guard;
    this.tls = tls;
    this.watch = watch;
  }

  /** Opens a connection on which mail can be sent. */
  SmtpConnection open(Account account, Timeouts timeouts)
      throws BackendException, InterruptedException {
    SmtpSettings settings = SmtpSettings.of(account);
    SmtpConnection connection = connect(settings, timeouts);
    boolean ready = false;
    try {
      prepare(connection, settings);
      ready = true;
      return connection;
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw failed(settings, e);
    } finally {
      if (!ready) {
        connection.close();
      }
    }
  }

  private SmtpConnection connect(SmtpSettings settings, Timeouts timeouts) throws BackendException {
    try {
      Socket tcp =
          guard.connect(
              new Destination(Protocol.SMTP, settings.host(), settings.port(), timeouts.connect()));
      return new SmtpConnection(tcp, watch, timeouts);
    } catch (EgressRefusedException e) {
      throw new BackendException(Kind.CONFIGURATION, e.getMessage(), null, e);
    } catch (UnknownHostException e) {
      throw new BackendException(
          Kind.CONNECTION, "There is no host " + settings.host() + " in the DNS now", null, e);
    } catch (IOException e) {
      throw new BackendException(Kind.CONNECTION, "Cannot connect to " + place(settings), null, e);
    }
  }

  private void prepare(SmtpConnection connection, SmtpSettings settings)
      throws IOException, BackendException {
    if (settings.security() == Security.TLS) {
      secure(connection, settings);
    }
    greet(connection);
    hello(connection, settings);
    if (settings.security() == Security.STARTTLS) {
      startTls(connection, settings);
      hello(connection, settings);
    }
    if (settings.username() != null) {
      if (settings.security() == Security.NONE && !settings.plainAuth()) {
        throw new BackendException(
            Kind.CONFIGURATION,
            "Signing in without TLS would show the password or token; set security, or plain_auth to"
                + " true",
            null,
            null);
      }
      new SignIn(connection, settings).run();
    }
    connection.expectSilence(Stage.SIGN_IN);
  }

  private static void greet(SmtpConnection connection) throws IOException, BackendException {
    SmtpReply greeting = connection.read(connection.timeouts().greeting());
    if (greeting.code() != 220) {
      Kind kind = greeting.closing() ? Kind.THROTTLED : Kind.CONNECTION;
      throw new BackendException(
          kind,
          "The server does not take connections now; it answered " + greeting.code(),
          new Reply(Stage.GREETING, greeting.code(), greeting.enhancedCode(), ""),
          null);
    }
  }

  private static void hello(SmtpConnection connection, SmtpSettings settings)
      throws IOException, BackendException {
    String name = settings.helloName() == null ? literal(connection) : settings.helloName();
    SmtpReply reply =
        connection.command("EHLO " + name, connection.timeouts().command(), Stage.GREETING);
    if (reply.positive()) {
      connection.setExtensions(Extensions.of(reply));
      return;
    }
    if (reply.permanentlyRefused()) {
      reply = connection.command("HELO " + name, connection.timeouts().command(), Stage.GREETING);
      connection.setExtensions(Extensions.NONE);
    }
    if (!reply.positive()) {
      Kind kind = reply.closing() ? Kind.THROTTLED : Kind.CONNECTION;
      throw new BackendException(kind, "The server refuses EHLO", reply.at(Stage.GREETING), null);
    }
  }

  /** Returns our end's address as a literal (RFC 5321 §4.1.3). */
  private static String literal(SmtpConnection connection) {
    InetAddress address = connection.socket().getLocalAddress();
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    String plain = zone < 0 ? text : text.substring(0, zone);
    return address instanceof Inet6Address ? "[IPv6:" + plain + "]" : "[" + plain + "]";
  }

  private void startTls(SmtpConnection connection, SmtpSettings settings)
      throws IOException, BackendException {
    if (!connection.extensions().startTls()) {
      throw new BackendException(
          Kind.CONFIGURATION, "The server does not offer STARTTLS, which is required", null, null);
    }
    SmtpReply reply = connection.command("STARTTLS", connection.timeouts().command(), Stage.TLS);
    if (reply.code() != 220) {
      Kind kind = reply.closing() ? Kind.THROTTLED : Kind.CONNECTION;
      throw new BackendException(kind, "The server refuses STARTTLS", reply.at(Stage.TLS), null);
    }
    if (connection.hasLeftovers()) {
      // Sent in clear, it would be taken for an answer under TLS (CVE-2011-0411 and its kin).
      throw new ProtocolException("The server sent more in clear after it had agreed to TLS");
    }
    secure(connection, settings);
  }

  private void secure(SmtpConnection connection, SmtpSettings settings) throws IOException {
    SSLSocket socket =
        (SSLSocket) tls.createSocket(connection.socket(), settings.host(), settings.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    connection.within(
        connection.timeouts().command(),
        () -> {
          socket.startHandshake();
          return null;
        });
    connection.use(socket);
  }

  private static BackendException failed(SmtpSettings settings, IOException cause) {
    if (cause instanceof SessionRefusedException refusal) {
      return new BackendException(refusal.kind(), refusal.getMessage(), refusal.reply(), cause);
    }
    if (cause instanceof SSLException && !wasCut(cause)) {
      return new BackendException(
          Kind.CONFIGURATION,
          "No trusted TLS connection with %s: it speaks no TLS there, or its certificate is not"
                  .formatted(place(settings))
              + " trusted or not for this name",
          null,
          cause);
    }
    String why =
        cause instanceof ProtocolException
            ? cause.getMessage()
            : "The connection was cut or was silent for too long";
    return new BackendException(Kind.CONNECTION, why + ": " + place(settings), null, cause);
  }

  /** The JDK reports a connection that ends within the handshake as a failure of TLS. */
  private static boolean wasCut(IOException failure) {
    return failure.getCause() instanceof EOFException
        || failure.getCause() instanceof SocketException;
  }

  private static String place(SmtpSettings settings) {
    return settings.host() + " port " + settings.port();
  }
}
