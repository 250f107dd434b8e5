// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.faulty.internal;

import io.rookery.mail.smtp.internal.SmtpBackend;
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
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * The SMTP backend with a fault of choice, to show that the platform lives with it. Thread-safe,
 * which is the best that can be said of it.
 */
@Component(
    service = EmailBackend.class,
    property = {"backend=faulty", "version=0.1.0"},
    configurationPid = "io.rookery.mail.faulty")
public final class FaultyBackend implements EmailBackend {

  private final SmtpBackend real;
  private final Fault fault;

  /** Starts, unless not starting is the fault. */
  @Activate
  public FaultyBackend(
      @Reference EgressGuard guard, BundleContext bundle, FaultyConfiguration configuration) {
    Mode mode = Mode.valueOf(configuration.mode().toUpperCase(Locale.ROOT));
    if (mode == Mode.ACTIVATION) {
      throw new IllegalStateException("This plugin never starts");
    }
    if (mode == Mode.THREADS) {
      Immortal.threads(3);
    }
    real = new SmtpBackend(guard);
    fault = Fault.of(mode, bundle.getBundle());
  }

  /** Closes the connections; what the fault left behind stays. */
  @Deactivate
  public void close() {
    real.close();
  }

  @Override
  public Set<Capability> capabilities() {
    return real.capabilities();
  }

  @Override
  public List<Setting> settings() {
    return real.settings();
  }

  @Override
  public int parallelism(Account account) {
    return real.parallelism(account);
  }

  @Override
  public void send(Account account, Iterator<OutboundMessage> messages, OutcomeSink outcomes)
      throws BackendException, InterruptedException {
    EverySecond faulty = new EverySecond(messages, outcomes, fault);
    real.send(account, faulty, faulty);
  }

  @Override
  public void check(Account account) throws BackendException, InterruptedException {
    real.check(account);
  }

  @Override
  public void release(UUID accountId) {
    real.release(accountId);
  }
}
