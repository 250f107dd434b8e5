// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.api.mailboxes.BackendDirectory.Backend;
import io.rookery.api.mailboxes.MailboxConsents;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.mailboxes.internal.oauth.ConsentFlow;
import io.rookery.mailboxes.internal.oauth.ConsentFlow.Completed;
import io.rookery.mailboxes.internal.oauth.ConsentStore;
import io.rookery.mailboxes.internal.oauth.TokenReceiver;
import io.rookery.mailboxes.internal.pause.PauseStore;
import io.rookery.persistence.Transactions;
import io.rookery.spi.mail.OAuth2;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.plugin.Setting;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects mailboxes to the accounts whose owners consent. */
@Component
public final class MailboxConsentsImpl implements MailboxConsents {

  private static final Logger LOG = LoggerFactory.getLogger(MailboxConsentsImpl.class);

  private final Transactions transactions;
  private final EventLog events;
  private final BackendDirectoryImpl backends;
  private final ConsentFlow flow;
  private final Clock clock;
  private final MailboxStore mailboxes = new MailboxStore();
  private final PauseStore pauses = new PauseStore();
  private final ConsentStore consents = new ConsentStore();

  /** Makes the service. */
  @Activate
  public MailboxConsentsImpl(
      @Reference Transactions transactions,
      @Reference EventLog events,
      @Reference BackendDirectoryImpl backends,
      @Reference ConsentFlow flow) {
    this(transactions, events, backends, flow, Clock.systemUTC());
  }

  MailboxConsentsImpl(
      Transactions transactions,
      EventLog events,
      BackendDirectoryImpl backends,
      ConsentFlow flow,
      Clock clock) {
    this.transactions = transactions;
    this.events = events;
    this.backends = backends;
    this.flow = flow;
    this.clock = clock;
  }

  @Override
  public List<String> providers() {
    return flow.providers();
  }

  @Override
  public Started start(TenantContext context, UUID mailboxId, String provider) {
    MailboxRow row = transactions.call(context, tx -> row(tx, mailboxId, false));
    TestKeys.refuseUnlessCaught(context, backends, row.backend());
    List<Setting> declared = backends.find(row.backend()).map(Backend::settings).orElse(List.of());
    if (declared.stream().noneMatch(MailboxConsentsImpl::offersTokens)) {
      throw new RookeryException(
          CommonErrors.WRONG_STATE,
          "The mail backend " + row.backend() + " does not sign in with access tokens");
    }
    TokenReceiver receiver = TokenReceiver.of(row.settings(declared));
    return flow.start(context, mailboxId, provider, receiver);
  }

  private static boolean offersTokens(Setting setting) {
    return setting.name().equals(OAuth2.SETTING) && setting.choices().contains(OAuth2.CHOICE);
  }

  private MailboxRow row(Tx tx, UUID id, boolean lock) throws SQLException {
    return mailboxes.find(tx, id, lock).orElseThrow(() -> RookeryException.notFound("mailbox"));
  }

  @Override
  public Ending complete(ProviderAnswer answer) {
    Completed completed = flow.complete(answer);
    if (completed.ending() != Ending.CONNECTED) {
      return completed.ending();
    }
    try {
      transactions.call(completed.context(), tx -> connected(tx, completed));
      return Ending.CONNECTED;
    } catch (RookeryException e) {
      LOG.warn(
          "The consent for mailbox {} is not noted: {}", completed.mailboxId(), e.getMessage());
      if (e.code().equals(CommonErrors.NOT_FOUND)) {
        flow.forget(completed);
        return Ending.UNKNOWN;
      }
      return Ending.UNAVAILABLE;
    }
  }

  /** The version rises, and with it the account's epoch: connections of another sign-in close. */
  private Void connected(Tx tx, Completed completed) throws SQLException {
    MailboxRow row = row(tx, completed.mailboxId(), true);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    MailboxRow changed = row.with(tokens(), now);
    if (MailboxCredentials.LOST.equals(row.pausedReason())) {
      changed = row.resumed(pauses.holding(tx, row.domain()), now).with(tokens(), now);
    }
    mailboxes.update(tx, changed);
    consents.note(tx, row.id(), completed.provider(), now);
    Map<String, Object> data = Map.of("backend", row.backend(), "provider", completed.provider());
    events.append(tx, new NewEvent("mailbox.authorized", row.id(), changed.version(), now, data));
    return null;
  }

  private static MailboxData tokens() {
    return new MailboxData(
        null, null, null, Map.of(OAuth2.SETTING, OAuth2.CHOICE), null, null, null, null);
  }

  @Override
  public Consent get(TenantContext context, UUID mailboxId) {
    return transactions.call(
        context,
        tx -> {
          row(tx, mailboxId, false);
          return consents.find(tx, mailboxId);
        });
  }

  @Override
  public void keepClientSecret(TenantContext operator, String provider, Secret secret) {
    flow.keepClientSecret(operator, provider, secret);
  }
}
