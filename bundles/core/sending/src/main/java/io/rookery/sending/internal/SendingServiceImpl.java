// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal;

import io.rookery.api.campaigns.Campaign;
import io.rookery.api.campaigns.CampaignContents;
import io.rookery.api.campaigns.CampaignService;
import io.rookery.api.contacts.EmailAddresses;
import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.sending.SendingService;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.line.RetryPolicy;
import io.rookery.sending.internal.queue.Requeue;
import io.rookery.sending.internal.store.LaneStore;
import io.rookery.sending.internal.store.MessageStore;
import io.rookery.sending.internal.store.MessageStore.Shared;
import io.rookery.sending.internal.store.Priority;
import io.rookery.sending.internal.store.SendingQueries;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Answers what people ask about the queue, sends tests and takes dead letters up again. */
@Component(
    service = SendingService.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=sending)"))
public final class SendingServiceImpl implements SendingService {

  private final Transactions transactions;
  private final CampaignService campaigns;
  private final CampaignContents contents;
  private final MailboxService mailboxes;
  private final EventLog events;
  private final Clock clock;
  private final SendingQueries queries = new SendingQueries();
  private final MessageStore messages = new MessageStore();
  private final LaneStore lanes = new LaneStore();
  private final Requeue requeue = new Requeue();

  /** Makes the service. */
  @Activate
  public SendingServiceImpl(
      @Reference Transactions transactions,
      @Reference CampaignService campaigns,
      @Reference CampaignContents contents,
      @Reference MailboxService mailboxes,
      @Reference EventLog events) {
    this(transactions, campaigns, contents, mailboxes, events, Clock.systemUTC());
  }

  SendingServiceImpl(
      Transactions transactions,
      CampaignService campaigns,
      CampaignContents contents,
      MailboxService mailboxes,
      EventLog events,
      Clock clock) {
    this.transactions = transactions;
    this.campaigns = campaigns;
    this.contents = contents;
    this.mailboxes = mailboxes;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Progress progress(TenantContext context, UUID campaignId) {
    campaigns.get(context, campaignId);
    return transactions.call(context, tx -> queries.progress(tx, campaignId));
  }

  @Override
  public TestSend sendTest(TenantContext context, UUID campaignId, List<String> addresses) {
    List<String> wire = wire(addresses);
    Campaign campaign = campaigns.get(context, campaignId);
    if (campaign.data().mailboxIds() == null || campaign.data().mailboxIds().isEmpty()) {
      throw RookeryException.invalid(
          "/mailbox_ids", "Give the campaign a mailbox to send from first");
    }
    contents.draft(context, campaignId);
    Mailbox mailbox = mailboxes.get(context, campaign.data().mailboxIds().get(0));
    Instant now = clock.instant();
    Shared shared =
        new Shared(campaignId, campaignId, Priority.TEST, now, now.plus(RetryPolicy.TRANSACTIONAL))
            .of(campaign);
    String host = EmailAddresses.domainOf(mailbox.address());
    List<MessageStore.New> tests =
        wire.stream()
            .map(to -> new MessageStore.New(Uuids.next(), null, to, mailbox.id(), host))
            .toList();
    return transactions.callOnce(
        context,
        TestSend.class,
        tx -> {
          messages.insert(tx, shared, tests, now);
          lanes.makeDue(tx, List.of(mailbox.id()), now);
          lanes.makeUrgent(tx, List.of(mailbox.id()));
          return new TestSend(tests.stream().map(MessageStore.New::id).toList());
        });
  }

  private static List<String> wire(List<String> addresses) {
    if (addresses == null || addresses.isEmpty() || addresses.size() > 10) {
      throw RookeryException.invalid("/to", "A test goes to 1 to 10 addresses");
    }
    List<String> wire = new ArrayList<>();
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < addresses.size(); i++) {
      String pointer = "/to/" + i;
      EmailAddresses.wire(addresses.get(i))
          .ifPresentOrElse(
              wire::add, () -> errors.add(new FieldError(pointer, "This is no e-mail address")));
    }
    if (!errors.isEmpty()) {
      throw RookeryException.invalid(errors);
    }
    return wire.stream().distinct().toList();
  }

  @Override
  public Page<Message> messages(TenantContext context, MessageFilter filter, PageRequest page) {
    UUID beyond = page.beyond(null);
    List<Message> found =
        transactions.call(context, tx -> queries.messages(tx, filter, beyond, page.limit() + 1));
    return Page.byId(found, page, Message::id);
  }

  @Override
  public Message message(TenantContext context, UUID id) {
    return transactions
        .call(context, tx -> queries.message(tx, id))
        .orElseThrow(() -> RookeryException.notFound("message"));
  }

  @Override
  public int requeue(TenantContext context, List<UUID> messageIds) {
    if (messageIds == null || messageIds.isEmpty() || messageIds.size() > 1000) {
      throw RookeryException.invalid("/message_ids", "Name 1 to 1,000 messages");
    }
    Instant now = clock.instant();
    return transactions.callOnce(
        context,
        Integer.class,
        tx -> {
          if (queries.known(tx, messageIds) < Set.copyOf(messageIds).size()) {
            throw RookeryException.notFound("message");
          }
          int count = requeue.run(tx, messageIds, now);
          if (count > 0) {
            Map<String, Object> data = Map.of("requeued", count);
            events.append(tx, NewEvent.of(Requeue.EVENT, Uuids.next(), now, data));
          }
          return count;
        });
  }
}
