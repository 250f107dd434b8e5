// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import io.rookery.api.campaigns.CampaignContent;
import io.rookery.api.campaigns.CampaignData;
import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.campaigns.CampaignService.GateFinding;
import io.rookery.api.campaigns.MessageContents;
import io.rookery.api.contacts.ContactListService;
import io.rookery.api.contacts.ContactService;
import io.rookery.api.mailboxes.BackendDirectory;
import io.rookery.api.mailboxes.DomainService;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.mailboxes.PublicReach;
import io.rookery.api.tenancy.TenantPermissions;
import io.rookery.api.tenancy.TenantService;
import io.rookery.api.tenancy.Workspaces;
import io.rookery.campaigns.internal.content.ContentCompiler;
import io.rookery.campaigns.internal.content.ContentSource;
import io.rookery.campaigns.internal.gate.Gate;
import io.rookery.campaigns.internal.liquid.LiquidException;
import io.rookery.campaigns.internal.store.TemplateStore;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lends the gate and the compiler of campaigns to messages that belong to none. */
@Component(service = MessageContents.class)
public final class MessageContentsImpl implements MessageContents {

  private static final UUID NONE = new UUID(0, 0);

  private final Transactions transactions;
  private final ContentCompiler compiler;
  private final Gate gate;
  private final TemplateStore templates = new TemplateStore();

  /** Makes the service. */
  @Activate
  public MessageContentsImpl(
      @Reference Transactions transactions,
      @Reference TenantService tenants,
      @Reference TenantPermissions permissions,
      @Reference ContactService contacts,
      @Reference ContactListService lists,
      @Reference MailboxService mailboxes,
      @Reference DomainService domains,
      @Reference PublicReach reach,
      @Reference BackendDirectory backends,
      @Reference Workspaces workspaces,
      @Reference(target = "(area=campaigns)") Schema schema) {
    this(
        transactions,
        new Neighbours(
            tenants, permissions, contacts, lists, mailboxes, domains, reach, backends, workspaces),
        Clock.systemUTC());
  }

  MessageContentsImpl(Transactions transactions, Neighbours neighbours, Clock clock) {
    this.transactions = transactions;
    this.compiler = new ContentCompiler(clock);
    this.gate = new Gate(neighbours, compiler);
  }

  @Override
  public List<GateFinding> check(TenantContext context, UUID mailboxId, Category category) {
    return gate.check(context, mailboxId, category);
  }

  @Override
  public Optional<Content> template(TenantContext context, UUID templateId, Category category) {
    return transactions
        .call(context, tx -> templates.find(tx, templateId))
        .map(
            found ->
                content(
                    () ->
                        compiler.compile(
                            NONE, campaign(category), ContentSource.of(found.data()))));
  }

  @Override
  public Content literal(Written written, Category category) {
    ContentSource source = new ContentSource(written.subject(), written.html(), written.text());
    return content(() -> compiler.compileWritten(NONE, campaign(category), source));
  }

  @Override
  public Content liquid(Written written, Category category) {
    ContentSource source = new ContentSource(written.subject(), written.html(), written.text());
    return content(() -> compiler.compile(NONE, campaign(category), source));
  }

  private static Content content(Supplier<CampaignContent> compile) {
    try {
      CampaignContent content = compile.get();
      return content::render;
    } catch (LiquidException e) {
      throw new RookeryException(CampaignErrors.RENDER_FAILED, e.getMessage(), e);
    }
  }

  private static CampaignData campaign(Category category) {
    return new CampaignData(
        null, null, List.of(), List.of(), null, null, category, null, null, null);
  }
}
