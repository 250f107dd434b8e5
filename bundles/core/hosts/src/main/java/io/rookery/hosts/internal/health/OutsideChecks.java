// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.health;

import io.rookery.hosts.internal.ssh.SocketLimit;
import io.rookery.spi.plugin.Destination;
import io.rookery.spi.plugin.Destination.Protocol;
import io.rookery.spi.plugin.EgressGuard;
import io.rookery.spi.plugin.EgressRefusedException;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * What can be seen of a host from here. A host that says what it says octet by octet is not
 * listened to for longer than twice the patience.
 */
final class OutsideChecks implements AutoCloseable {

  private static final Pattern GREETING = Pattern.compile("220[ -]([A-Za-z0-9.-]{1,253})[ \r\n]");
  private static final int LONGEST_GREETING = 512;

  private final EgressGuard guard;
  private final Duration patience;
  private final ScheduledExecutorService timer =
      SocketLimit.timer(
          work -> {
            Thread thread = new Thread(work, "rookery-host-checks-timer");
            thread.setDaemon(true);
            return thread;
          });

  OutsideChecks(EgressGuard guard, Duration patience) {
    this.guard = guard;
    this.patience = patience;
  }

  private Socket connect(String address, int port) throws IOException {
    Socket socket = guard.connect(new Destination(protocol(port), address, port, patience));
    socket.setSoTimeout((int) patience.toMillis());
    return socket;
  }

  private SocketLimit limit(Socket socket) throws IOException {
    return SocketLimit.of(timer, socket, patience.multipliedBy(2));
  }

  private static Protocol protocol(int port) {
    return switch (port) {
      case 443 -> Protocol.HTTPS;
      case 993 -> Protocol.IMAP;
      default -> Protocol.SMTP;
    };
  }

  /** Looks whether a port takes connections. */
  Finding port(String address, int port) {
    try (Socket socket = connect(address, port)) {
      return Finding.ok("open", "Port " + socket.getPort() + " takes connections");
    } catch (EgressRefusedException e) {
      return Finding.unknown("not_allowed", e.getMessage());
    } catch (IOException e) {
      return Finding.failed(
          "closed",
          "Port %d takes no connections; if the service is meant to run, look at it and at the firewall"
              .formatted(port));
    }
  }

  /** Returns the name that a mail server greets by, in lower case (RFC 5321 §4.3.1). */
  Optional<String> greeting(String address, int port) {
    try (Socket socket = connect(address, port);
        SocketLimit limit = limit(socket)) {
      StringBuilder said = new StringBuilder();
      int next = 0;
      while (next != '\n' && next >= 0 && said.length() < LONGEST_GREETING) {
        next = socket.getInputStream().read();
        said.append((char) next);
      }
      Matcher matcher = GREETING.matcher(said);
      return matcher.lookingAt()
          ? Optional.of(matcher.group(1).toLowerCase(Locale.ROOT))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Returns when the certificate of a port under TLS runs out, or empty where there is none. */
  Optional<Instant> expiry(String address, int port) {
    Looking looking = new Looking();
    try (Socket socket = connect(address, port);
        SocketLimit limit = limit(socket);
        SSLSocket tls =
            (SSLSocket)
                looking.context().getSocketFactory().createSocket(socket, address, port, true)) {
      tls.startHandshake();
    } catch (IOException e) {
      // What was shown before it failed counts.
    }
    return Optional.ofNullable(looking.seen).map(it -> it.getNotAfter().toInstant());
  }

  /** Ends the timer; nothing is looked at from then on. */
  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** Takes any certificate: nothing is sent, only its date is read. */
  private static final class Looking implements X509TrustManager {

    private X509Certificate seen;

    SSLContext context() throws IOException {
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {this}, null);
        return context;
      } catch (GeneralSecurityException e) {
        throw new IOException("This Java has no TLS", e);
      }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      throw new IllegalStateException("Nobody connects to us");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      seen = chain[0];
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /** Says how long a certificate has left. */
  static Finding certificate(Instant expiry, Instant now) {
    long days = Duration.between(now, expiry).toDays();
    String detail = "The first certificate to run out does so at " + expiry;
    if (!expiry.isAfter(now)) {
      return Finding.failed("expired", detail + "; renew it");
    }
    if (days < 1) {
      return Finding.failed("expires_1", detail + "; renew it today");
    }
    if (days < 7) {
      return Finding.warning("expires_7", detail + "; renew it, and find out why nothing does");
    }
    return days < 30
        ? Finding.warning("expires_30", detail + "; see that it is renewed")
        : Finding.ok("valid", detail);
  }
}
