// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.queue;

import io.rookery.api.campaigns.CampaignService;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.sending.DeadLetters;
import io.rookery.api.sending.SendingService.Message;
import io.rookery.jobs.JobService;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shows dead letters and hands those of a filter to a job. */
@Component(
    service = DeadLetters.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=sending)"))
public final class DeadLettersImpl implements DeadLetters {

  private final Transactions transactions;
  private final CampaignService campaigns;
  private final MailboxService mailboxes;
  private final JobService jobs;
  private final DeadLetterStore store = new DeadLetterStore();

  /** Makes the service. */
  @Activate
  public DeadLettersImpl(
      @Reference Transactions transactions,
      @Reference CampaignService campaigns,
      @Reference MailboxService mailboxes,
      @Reference JobService jobs) {
    this.transactions = transactions;
    this.campaigns = campaigns;
    this.mailboxes = mailboxes;
    this.jobs = jobs;
  }

  @Override
  public Page<Message> list(TenantContext context, Filter filter, PageRequest page) {
    UUID beyond = page.beyond(null);
    List<Message> found =
        transactions.call(context, tx -> store.list(tx, filter, beyond, page.limit() + 1));
    return Page.byId(found, page, Message::id);
  }

  @Override
  public List<Reason> reasons(TenantContext context, Filter filter) {
    return transactions.call(context, tx -> store.reasons(tx, filter));
  }

  @Override
  public UUID requeue(TenantContext context, Filter filter) {
    if (filter.campaignId() != null) {
      campaigns.get(context, filter.campaignId());
    }
    if (filter.mailboxId() != null) {
      mailboxes.get(context, filter.mailboxId());
    }
    UUID subject = filter.campaignId() == null ? Uuids.next() : filter.campaignId();
    return transactions
        .callOnce(
            context,
            Submitted.class,
            tx ->
                new Submitted(
                    jobs.submit(tx, RequeueJob.KIND, subject, FilterJson.of(filter)).id()))
        .jobId();
  }

  /** What a repeated request is answered with. */
  record Submitted(UUID jobId) {}
}
