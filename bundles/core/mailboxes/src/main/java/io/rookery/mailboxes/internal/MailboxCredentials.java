// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.api.mailboxes.MailboxConsents.Consent;
import io.rookery.api.mailboxes.PauseCause;
import io.rookery.api.secrets.SecretService;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.mailboxes.internal.oauth.ConsentGoneException;
import io.rookery.mailboxes.internal.oauth.ConsentStore;
import io.rookery.mailboxes.internal.oauth.TokenKeeper;
import io.rookery.mailboxes.internal.oauth.TokenReceiver;
import io.rookery.persistence.Transactions;
import io.rookery.spi.mail.OAuth2;
import io.rookery.spi.plugin.Secret;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Resolves what a mailbox signs in with, and pauses one whose consent is gone. Thread-safe. */
final class MailboxCredentials {

  /** Why a mailbox is paused whose consent is gone; a new consent lets it send again. */
  static final String LOST = "The account's consent was withdrawn or has expired; connect it again";

  private final Transactions transactions;
  private final SecretService secrets;
  private final EventLog events;
  private final TokenKeeper tokens;
  private final Clock clock;
  private final MailboxStore store = new MailboxStore();
  private final ConsentStore consents = new ConsentStore();

  MailboxCredentials(
      Transactions transactions,
      SecretService secrets,
      EventLog events,
      TokenKeeper tokens,
      Clock clock) {
    this.transactions = transactions;
    this.secrets = secrets;
    this.events = events;
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * Returns a mailbox's secret settings, and its access token where it signs in with one.
   *
   * @param settings the mailbox's, with their defaults; they decide whom the token is shown
   * @param refused an access token that a server refused and that will not do, or null
   * @throws RookeryException {@code unavailable}, {@code mailboxes.not_connected}, or {@code
   *     wrong_state} where the token is not for the server that the settings name
   */
  Map<String, Secret> of(
      TenantContext context, MailboxRow row, Map<String, String> settings, Secret refused) {
    Map<String, Secret> all = new HashMap<>();
    if (!row.secretSettings().isEmpty()) {
      all.putAll(secrets.read(context, "smtp/" + row.id(), "send").fields());
    }
    if (OAuth2.CHOICE.equals(row.settings().get(OAuth2.SETTING))) {
      TokenReceiver receiver = TokenReceiver.of(settings);
      all.put(OAuth2.ACCESS_TOKEN, accessToken(context, row, receiver, refused));
    }
    return all;
  }

  /** Refuses settings with which a mailbox that is connected would get no token any more. */
  void check(TenantContext context, MailboxRow row, Map<String, String> settings) {
    Consent consent = transactions.call(context, tx -> consents.find(tx, row.id()));
    if (consent.consentedAt() == null
        || !OAuth2.CHOICE.equals(row.settings().get(OAuth2.SETTING))) {
      return;
    }
    tokens
        .objection(consent.provider(), TokenReceiver.of(settings))
        .ifPresent(
            objection -> {
              throw RookeryException.invalid(List.of(objection));
            });
  }

  private Secret accessToken(
      TenantContext context, MailboxRow row, TokenReceiver receiver, Secret refused) {
    if (transactions.call(context, tx -> consents.find(tx, row.id())).consentedAt() == null) {
      throw notConnected(null);
    }
    try {
      return tokens.accessToken(context, row.id(), receiver, refused);
    } catch (ConsentGoneException e) {
      transactions.call(context, tx -> lost(tx, row));
      throw notConnected(e);
    }
  }

  private static RookeryException notConnected(Throwable cause) {
    return new RookeryException(
        MailboxErrors.NOT_CONNECTED,
        "The mailbox is not connected: who owns the account has to consent by OAuth 2",
        cause);
  }

  /** A mailbox that was changed meanwhile, as by a new consent, is left as it is. */
  private Void lost(Tx tx, MailboxRow seen) throws SQLException {
    MailboxRow row = store.find(tx, seen.id(), true).orElse(null);
    if (row == null || row.version() != seen.version()) {
      throw RookeryException.unavailable(
          "The mailbox was changed in between", MailboxErrors.WAIT, null);
    }
    String provider = consents.find(tx, row.id()).provider();
    MailboxRow paused =
        row.pausing().paused()
            ? row.with(row.pausing())
            : row.with(
                row.pausing()
                    .begun(
                        PauseCause.CONSENT, LOST, clock.instant().truncatedTo(ChronoUnit.MICROS)));
    store.update(tx, paused);
    consents.note(tx, row.id(), provider, null);
    events.append(
        tx,
        new NewEvent(
            "mailbox.authorization_lost",
            row.id(),
            paused.version(),
            clock.instant(),
            Map.of("backend", row.backend(), "provider", provider)));
    return null;
  }
}
