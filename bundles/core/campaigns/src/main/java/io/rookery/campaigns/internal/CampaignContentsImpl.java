// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import io.rookery.api.campaigns.Campaign;
import io.rookery.api.campaigns.CampaignContent;
import io.rookery.api.campaigns.CampaignContents;
import io.rookery.campaigns.internal.content.ContentCompiler;
import io.rookery.campaigns.internal.store.CampaignStore;
import io.rookery.campaigns.internal.store.ContentStore;
import io.rookery.campaigns.internal.store.ContentStore.Fixed;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Hands out fixed contents, compiled once per node. */
@Component(
    service = CampaignContents.class,
    configurationPid = "io.rookery.campaigns",
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=campaigns)"))
@Designate(ocd = CampaignContentsConfiguration.class)
public final class CampaignContentsImpl implements CampaignContents {

  private final Transactions transactions;
  private final Contents contents;
  private final ContentCache cache;
  private final ContentStore store = new ContentStore();
  private final CampaignStore campaigns = new CampaignStore();

  /** Makes the service. */
  @Activate
  public CampaignContentsImpl(
      @Reference Transactions transactions, CampaignContentsConfiguration configuration) {
    this(transactions, Clock.systemUTC(), Math.max(1, configuration.cache_size()));
  }

  CampaignContentsImpl(Transactions transactions, Clock clock, int cacheSize) {
    this.transactions = transactions;
    this.contents = new Contents(new ContentCompiler(clock), clock);
    this.cache = new ContentCache(cacheSize);
  }

  @Override
  public Optional<CampaignContent> find(TenantContext context, UUID contentId) {
    CampaignContent known = cache.get(context.tenantId(), contentId);
    return known != null ? Optional.of(known) : load(context, contentId);
  }

  private Optional<CampaignContent> load(TenantContext context, UUID contentId) {
    Optional<Fixed> fixed = transactions.call(context, tx -> store.find(tx, contentId));
    return fixed.map(
        found -> {
          CampaignContent content = contents.compileFixed(found);
          cache.put(context.tenantId(), content);
          return content;
        });
  }

  @Override
  public CampaignContent draft(TenantContext context, UUID campaignId) {
    Campaign seen =
        transactions
            .call(context, tx -> campaigns.find(tx, campaignId))
            .orElseThrow(() -> RookeryException.notFound("campaign"));
    TenantContext around = CampaignServiceImpl.around(context, seen);
    return contents.compile(transactions.call(around, tx -> contents.sendable(tx, campaignId)));
  }
}
