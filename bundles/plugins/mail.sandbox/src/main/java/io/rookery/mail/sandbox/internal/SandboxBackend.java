// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.sandbox.internal;

import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.Capability;
import io.rookery.spi.mail.CaughtMail;
import io.rookery.spi.mail.EmailBackend;
import io.rookery.spi.mail.OutboundMessage;
import io.rookery.spi.mail.OutcomeSink;
import io.rookery.spi.plugin.PluginStorage;
import io.rookery.spi.plugin.Setting;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Catches mail instead of sending it. Nothing leaves the platform. Recipients at {@code
 * bounce.example} are refused for good, those at {@code defer.example} for now, and {@code
 * busy.example} asks for less mail, so that failures can be tried out.
 */
@Component(
    service = {EmailBackend.class, CaughtMail.class},
    property = {"backend=sandbox", "version=1.0.0"},
    configurationPid = "io.rookery.mail.sandbox")
@Designate(ocd = SandboxConfiguration.class)
public final class SandboxBackend implements EmailBackend, CaughtMail {

  private final CaughtMails mails;

  /** Opens the plugin's storage. */
  @Activate
  public SandboxBackend(@Reference PluginStorage storage, SandboxConfiguration configuration) {
    this(storage, configuration.kept_mails());
  }

  SandboxBackend(PluginStorage storage, int kept) {
    if (kept < 1 || kept > 1_000_000) {
      throw new IllegalArgumentException(
          "kept.mails in etc/io.rookery.mail.sandbox.cfg must be from 1 to 1000000, not " + kept);
    }
    this.mails = new CaughtMails(storage, kept);
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(
        Capability.RAW_MIME,
        Capability.CATCHES_MAIL,
        Capability.FREE_ENVELOPE_SENDER,
        Capability.INTERNATIONAL_ADDRESSES,
        Capability.ATTACHMENTS,
        Capability.SHOWS_DEFERRALS);
  }

  @Override
  public List<Setting> settings() {
    return List.of();
  }

  @Override
  public int parallelism(Account account) {
    return 8;
  }

  @Override
  public void send(Account account, Iterator<OutboundMessage> messages, OutcomeSink outcomes)
      throws BackendException, InterruptedException {
    new Catching(mails, account.tenantId(), messages, outcomes).run();
  }

  @Override
  public void check(Account account) {
    // There is nothing to sign in to.
  }

  @Override
  public void release(UUID accountId) {
    // Nothing is kept open.
  }

  @Override
  public List<Caught> list(UUID tenantId, UUID beyond, int limit) {
    return mails.list(tenantId, beyond, limit);
  }

  @Override
  public Optional<Caught> get(UUID tenantId, UUID id) {
    return mails.get(tenantId, id);
  }

  @Override
  public int clear(UUID tenantId) {
    return mails.clear(tenantId);
  }
}
