// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.sandbox.internal;

import io.rookery.kernel.RookeryException;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.Capability;
import io.rookery.spi.mail.CaughtMail;
import io.rookery.spi.mail.EmailBackend;
import io.rookery.spi.mail.OutboundMessage;
import io.rookery.spi.mail.Outcome;
import io.rookery.spi.mail.Outcome.RecipientOutcome;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.spi.mail.OutcomeSink;
import io.rookery.spi.mail.OutcomeSink.Offer;
import io.rookery.spi.mail.RawMessage;
import io.rookery.spi.mail.Reply;
import io.rookery.spi.plugin.PluginStorage;
import io.rookery.spi.plugin.Setting;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Catches mail instead of sending it. Nothing leaves the platform. Recipients at {@code
 * bounce.example} are refused for good and those at {@code defer.example} for now, so that failures
 * can be tried out.
 */
@Component(
    service = {EmailBackend.class, CaughtMail.class},
    property = {"backend=sandbox", "version=1.0.0"},
    configurationPid = "io.rookery.mail.sandbox")
@Designate(ocd = SandboxConfiguration.class)
public final class SandboxBackend implements EmailBackend, CaughtMail {

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Reply TAKEN = new Reply(Reply.Stage.CONTENT, 250, "2.0.0", "Caught");
  private static final Reply NOT_KEPT =
      new Reply(Reply.Stage.CONTENT, 451, "4.3.0", "The sandbox could not keep it");
  private static final Reply NO_TEMPLATES =
      new Reply(Reply.Stage.CONTENT, 554, "5.6.1", "The sandbox takes whole messages only");
  private static final Reply LATER =
      new Reply(Reply.Stage.RECIPIENT, 450, "4.2.0", "The sandbox defers this domain");
  private static final Reply NEVER =
      new Reply(Reply.Stage.RECIPIENT, 550, "5.1.1", "The sandbox bounces this domain");

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
    while (messages.hasNext()) {
      OutboundMessage message = messages.next();
      Offer offer = Offer.BUSY;
      while (offer == Offer.BUSY) {
        offer = outcomes.offer(message.id(), PATIENCE);
      }
      if (offer == Offer.REFUSED) {
        return;
      }
      if (offer == Offer.GRANTED) {
        take(account, message, outcomes);
      }
    }
  }

  private void take(Account account, OutboundMessage message, OutcomeSink outcomes)
      throws BackendException {
    if (!(message instanceof RawMessage raw)) {
      outcomes.report(Outcome.of(message, Status.REJECTED, NO_TEMPLATES, null));
      return;
    }
    try {
      if (raw.recipients().stream().anyMatch(to -> verdict(to) == Status.ACCEPTED)) {
        mails.add(account.tenantId(), raw);
      }
    } catch (RookeryException e) {
      outcomes.report(Outcome.of(message, Status.DEFERRED, NOT_KEPT, null));
      throw new BackendException(
          BackendException.Kind.CONNECTION, "The sandbox cannot keep mails now", NOT_KEPT, e);
    }
    outcomes.report(outcome(raw));
  }

  private static Outcome outcome(RawMessage message) {
    List<RecipientOutcome> recipients =
        message.recipients().stream()
            .map(to -> new RecipientOutcome(to, verdict(to), reply(verdict(to))))
            .toList();
    return new Outcome(message.id(), recipients, null);
  }

  private static Status verdict(String recipient) {
    String domain = recipient.substring(recipient.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    return switch (domain) {
      case "bounce.example" -> Status.REJECTED;
      case "defer.example" -> Status.DEFERRED;
      default -> Status.ACCEPTED;
    };
  }

  private static Reply reply(Status status) {
    return status == Status.ACCEPTED ? TAKEN : status == Status.REJECTED ? NEVER : LATER;
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
