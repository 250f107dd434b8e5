// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal;

import io.rookery.api.campaigns.MessageContents;
import io.rookery.api.contacts.SuppressionService;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.api.sending.MessageService;
import io.rookery.api.sending.NewMessage;
import io.rookery.api.sending.SendingService.Message;
import io.rookery.api.sending.SendingService.State;
import io.rookery.api.tenancy.TenantService;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.link.LinkTokens;
import io.rookery.sending.internal.single.Intake;
import io.rookery.sending.internal.single.IntakeNeighbours;
import io.rookery.sending.internal.store.SendingQueries;
import io.rookery.sending.internal.store.SingleStore;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Queues messages that belong to no campaign, and takes them back before their time. */
@Component(service = MessageService.class, configurationPid = SendingConfiguration.PID)
public final class MessageServiceImpl implements MessageService {

  /** So shortly before its time a message may be on its way, where clocks differ. */
  private static final Duration TOO_LATE = Duration.ofSeconds(2);

  private final Transactions transactions;
  private final EventLog events;
  private final Intake intake;
  private final Clock clock;
  private final SendingQueries queries = new SendingQueries();
  private final SingleStore store = new SingleStore();

  /** Makes the service. */
  @Activate
  public MessageServiceImpl(
      SendingConfiguration configuration,
      @Reference Transactions transactions,
      @Reference EventLog events,
      @Reference TenantService tenants,
      @Reference SuppressionService suppressions,
      @Reference MessageContents contents,
      @Reference PlatformKeys keys,
      @Reference LineComponent line,
      @Reference(target = "(area=sending)") Schema schema) {
    this(
        new IntakeNeighbours(
            transactions,
            events,
            tenants,
            suppressions,
            contents,
            new LinkTokens(keys),
            configuration.public_base__url(),
            configuration.attachments_limit()),
        line::urge,
        Clock.systemUTC());
  }

  MessageServiceImpl(IntakeNeighbours neighbours, BiConsumer<UUID, List<UUID>> urge, Clock clock) {
    this.transactions = neighbours.transactions();
    this.events = neighbours.events();
    this.intake = new Intake(neighbours, urge, clock);
    this.clock = clock;
  }

  @Override
  public Message send(TenantContext context, NewMessage message) {
    return intake.take(context, List.of(message), i -> "", Message.class, list -> list.get(0));
  }

  @Override
  public Batch sendAll(TenantContext context, List<NewMessage> messages) {
    if (messages == null || messages.isEmpty() || messages.size() > LARGEST_BATCH) {
      throw RookeryException.invalid("/messages", "Give 1 to " + LARGEST_BATCH + " messages");
    }
    return intake.take(context, messages, i -> "/messages/" + i, Batch.class, Batch::new);
  }

  @Override
  public Message cancel(TenantContext context, UUID id) {
    return transactions.callOnce(context, Message.class, tx -> cancel(tx, id));
  }

  private Message cancel(Tx tx, UUID id) throws SQLException {
    Instant now = clock.instant();
    Message message = find(tx, id);
    if (message.campaignId() != null) {
      throw new RookeryException(
          CommonErrors.WRONG_STATE, "The message belongs to a campaign; cancel the campaign");
    }
    if (message.state() == State.CANCELLED) {
      return message;
    }
    if (!store.cancel(tx, id, now.plus(TOO_LATE), now)) {
      throw new RookeryException(
          CommonErrors.WRONG_STATE, "Only a message whose time has not come can be cancelled");
    }
    // After the event of its last try, should it have had some.
    long version = 2L * message.attempts() + 1;
    events.append(tx, new NewEvent("message.cancelled", id, version, now, Map.of()));
    return find(tx, id);
  }

  private Message find(Tx tx, UUID id) throws SQLException {
    return queries.message(tx, id).orElseThrow(() -> RookeryException.notFound("message"));
  }
}
