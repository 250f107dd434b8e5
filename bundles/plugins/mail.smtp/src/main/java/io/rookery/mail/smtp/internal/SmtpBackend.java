// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.Capability;
import io.rookery.spi.mail.EmailBackend;
import io.rookery.spi.mail.OutboundMessage;
import io.rookery.spi.mail.OutcomeSink;
import io.rookery.spi.plugin.EgressGuard;
import io.rookery.spi.plugin.Setting;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocketFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Hands messages to an SMTP server (RFC 5321), as a submission client (RFC 6409) or to a relay.
 * Keeps connections per account between calls. Thread-safe.
 */
@Component(
    service = EmailBackend.class,
    property = {"backend=smtp", "version=0.1.0"})
public final class SmtpBackend implements EmailBackend {

  private static final Set<Capability> CAPABILITIES =
      Set.of(
          Capability.RAW_MIME,
          Capability.FREE_ENVELOPE_SENDER,
          Capability.INTERNATIONAL_ADDRESSES,
          Capability.ATTACHMENTS,
          Capability.REPORTS_BY_MAIL,
          Capability.SHOWS_DEFERRALS);

  private static final Set<Capability> WITH_MAILBOX_AS_SENDER =
      CAPABILITIES.stream()
          .filter(capability -> capability != Capability.FREE_ENVELOPE_SENDER)
          .collect(Collectors.toUnmodifiableSet());

  private final Watch watch = new Watch();
  private final SmtpParts parts;

  /** Connects through the platform's guard and trusts what the JVM trusts. */
  @Activate
  public SmtpBackend(@Reference EgressGuard guard) {
    this(guard, (SSLSocketFactory) SSLSocketFactory.getDefault(), Timeouts.SENDING);
  }

  SmtpBackend(EgressGuard guard, SSLSocketFactory tls, Timeouts timeouts) {
    parts = new SmtpParts(new ConnectionPool(), new Opener(guard, tls, watch), timeouts);
    watch.add(parts.pool());
  }

  /** Closes all connections; the platform has let the calls in progress end before. */
  @Deactivate
  public void close() {
    parts.pool().close();
    watch.close();
  }

  @Override
  public Set<Capability> capabilities() {
    return CAPABILITIES;
  }

  @Override
  public Set<Capability> capabilities(Account account) {
    return SmtpSettings.freeEnvelopeSender(account) ? CAPABILITIES : WITH_MAILBOX_AS_SENDER;
  }

  @Override
  public List<Setting> settings() {
    return SmtpSettings.DECLARED;
  }

  @Override
  public int parallelism(Account account) {
    try {
      return SmtpSettings.of(account).connections();
    } catch (BackendException e) {
      // The call that follows will say what is wrong; one is enough for that.
      return 1;
    }
  }

  @Override
  public String server(Account account) {
    try {
      SmtpSettings settings = SmtpSettings.of(account);
      return settings.host().toLowerCase(Locale.ROOT) + ":" + settings.port();
    } catch (BackendException e) {
      // Nothing is sent with such settings.
      return EmailBackend.super.server(account);
    }
  }

  @Override
  public void send(Account account, Iterator<OutboundMessage> messages, OutcomeSink outcomes)
      throws BackendException, InterruptedException {
    new Delivery(parts, account, messages, outcomes).run();
  }

  @Override
  public void check(Account account) throws BackendException, InterruptedException {
    parts.opener().open(account, Timeouts.CHECKING).quit();
  }

  @Override
  public void release(UUID accountId) {
    parts.pool().release(accountId);
  }
}
