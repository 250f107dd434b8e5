// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import io.rookery.api.campaigns.Campaign;
import io.rookery.api.campaigns.Campaign.State;
import io.rookery.api.campaigns.CampaignContent;
import io.rookery.api.campaigns.CampaignData;
import io.rookery.api.campaigns.CampaignService;
import io.rookery.api.campaigns.RenderedMessage;
import io.rookery.api.contacts.ContactListService;
import io.rookery.api.contacts.ContactService;
import io.rookery.api.mailboxes.BackendDirectory;
import io.rookery.api.mailboxes.DomainService;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.mailboxes.PublicReach;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantPermissions;
import io.rookery.api.tenancy.TenantService;
import io.rookery.api.tenancy.Workspaces;
import io.rookery.campaigns.internal.Contents.Sendable;
import io.rookery.campaigns.internal.content.ContentCompiler;
import io.rookery.campaigns.internal.content.Samples;
import io.rookery.campaigns.internal.gate.Gate;
import io.rookery.campaigns.internal.store.CampaignStore;
import io.rookery.campaigns.internal.store.TemplateStore;
import io.rookery.events.EventLog;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps campaigns and moves them from draft to done. */
@Component(service = {CampaignService.class, CampaignServiceImpl.class})
public final class CampaignServiceImpl implements CampaignService {

  /** A campaign that is in one of these has been started, however often that is asked for. */
  private static final Set<State> STARTED = Set.of(State.SCHEDULED, State.RUNNING, State.COMPLETED);

  private final Transactions transactions;
  private final Neighbours neighbours;
  private final Clock clock;
  private final Gate gate;
  private final Contents contents;
  private final Transitions transitions;
  private final References references;
  private final CampaignStore store = new CampaignStore();
  private final TemplateStore templates = new TemplateStore();

  /** Makes the service. */
  @Activate
  public CampaignServiceImpl(
      @Reference Transactions transactions,
      @Reference EventLog events,
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
        events,
        new Neighbours(
            tenants, permissions, contacts, lists, mailboxes, domains, reach, backends, workspaces),
        Clock.systemUTC());
  }

  CampaignServiceImpl(
      Transactions transactions, EventLog events, Neighbours neighbours, Clock clock) {
    ContentCompiler compiler = new ContentCompiler(clock);
    this.transactions = transactions;
    this.neighbours = neighbours;
    this.clock = clock;
    this.gate = new Gate(neighbours, compiler);
    this.contents = new Contents(compiler, clock);
    this.transitions = new Transitions(events, clock);
    this.references = new References(neighbours, this::workspaceOfTemplate);
  }

  @Override
  public Campaign create(TenantContext context, CampaignData data) {
    Instant now = Moments.now(clock);
    CampaignData checked = CampaignRules.fresh(data, now);
    List<FieldError> wrong = references.wrong(checked, home(context, checked), id -> context);
    return transactions.callOnce(
        context,
        Campaign.class,
        tx -> {
          CampaignData placed =
              checked.in(neighbours.workspaces().place(tx, checked.workspaceId()));
          refuse(wrong);
          Campaign campaign =
              new Campaign(
                  Uuids.next(), placed, State.DRAFT, context.mode(), null, now, null, null, 1);
          transitions.create(tx, campaign);
          return campaign;
        });
  }

  /** Returns where a new campaign is going to be put. */
  private static UUID home(TenantContext context, CampaignData data) {
    if (data.workspaceId() != null) {
      return data.workspaceId();
    }
    return context.restricted() && context.workspaces().size() == 1
        ? context.workspaces().iterator().next()
        : context.tenantId();
  }

  private UUID workspaceOfTemplate(TenantContext context, UUID id) {
    return transactions
        .call(context, tx -> templates.find(tx, id))
        .map(template -> template.data().workspaceId())
        .orElseThrow(() -> RookeryException.notFound("template"));
  }

  /**
   * Returns the context in which the things of a campaign are found that the caller has seen: those
   * of its workspace and of the main one, whichever the caller sees.
   */
  static TenantContext around(TenantContext context, Campaign seen) {
    return context.in(Set.copyOf(List.of(seen.data().workspaceId(), context.tenantId())));
  }

  private static void refuse(List<FieldError> errors) {
    if (!errors.isEmpty()) {
      throw RookeryException.invalid(errors);
    }
  }

  @Override
  public Campaign get(TenantContext context, UUID id) {
    return transactions
        .call(context, tx -> store.find(tx, id))
        .orElseThrow(() -> RookeryException.notFound("campaign"));
  }

  @Override
  public Page<Campaign> list(TenantContext context, PageRequest page) {
    UUID olderThan = Cursors.read(page);
    return Cursors.page(
        transactions.call(context, tx -> store.list(tx, olderThan, page.limit() + 1)),
        page,
        Campaign::id);
  }

  @Override
  public Campaign update(TenantContext context, UUID id, CampaignData data, long expectedVersion) {
    Campaign seen = get(context, id);
    CampaignData wanted = CampaignRules.merged(seen.data(), data);
    boolean moves = !wanted.workspaceId().equals(seen.data().workspaceId());
    TenantContext around = around(context, seen);
    Set<UUID> named = named(seen.data());
    List<FieldError> wrong =
        references.wrong(
            moves ? wanted : data,
            wanted.workspaceId(),
            thing -> named.contains(thing) ? around : context);
    return transactions.call(
        moves ? context : around,
        tx -> {
          Campaign old = transitions.lock(tx, id);
          Versions.check(expectedVersion, old.version());
          if (!old.data().workspaceId().equals(seen.data().workspaceId())) {
            throw new RookeryException(CommonErrors.CONFLICT, "It was moved meanwhile; try again");
          }
          boolean scheduled = old.state() == State.SCHEDULED;
          if (old.state() != State.DRAFT && (!scheduled || moves)) {
            throw Transitions.wrongState(old);
          }
          refuse(wrong);
          if (moves) {
            neighbours.workspaces().place(tx, wanted.workspaceId());
          }
          CampaignData changed = CampaignRules.changed(old.data(), data, clock.instant());
          UUID contentId = scheduled ? contents.fix(tx, id, changed) : null;
          return transitions.change(tx, old, changed, contentId);
        });
  }

  private static Set<UUID> named(CampaignData data) {
    Set<UUID> named = new HashSet<>(data.listIds());
    named.addAll(data.mailboxIds());
    named.add(data.templateId());
    return named;
  }

  @Override
  public void delete(TenantContext context, UUID id) {
    transactions.call(
        context,
        tx -> {
          transitions.delete(tx, id);
          return null;
        });
  }

  @Override
  public List<GateFinding> check(TenantContext context, UUID id) {
    return findings(context, sendable(context, id));
  }

  private List<GateFinding> findings(TenantContext context, Sendable sendable) {
    Campaign campaign = sendable.campaign();
    return gate.check(around(context, campaign), campaign, sendable.source());
  }

  private Sendable sendable(TenantContext context, UUID id) {
    TenantContext around = around(context, get(context, id));
    return transactions.call(around, tx -> contents.sendable(tx, id));
  }

  @Override
  public Campaign start(TenantContext context, UUID id) {
    Sendable seen = sendable(context, id);
    RookeryException refusal = refusal(context, seen);
    return transactions.callOnce(
        around(context, seen.campaign()),
        Campaign.class,
        tx -> {
          // Refused only here: a repeat is answered as the first was, whatever became of it since.
          if (refusal != null) {
            throw refusal;
          }
          return started(tx, seen.campaign());
        });
  }

  /** Returns why a campaign cannot be started, or null. */
  private RookeryException refusal(TenantContext context, Sendable seen) {
    Campaign campaign = seen.campaign();
    if (STARTED.contains(campaign.state())) {
      return null;
    }
    if (campaign.state() != State.DRAFT) {
      return Transitions.wrongState(campaign);
    }
    List<GateFinding> findings = findings(context, seen);
    return findings.isEmpty() ? null : new GateRefusedException(findings);
  }

  /** Fixes the content and starts or schedules; the gate looked outside this transaction. */
  private Campaign started(Tx tx, Campaign seen) throws SQLException {
    Campaign campaign = transitions.lock(tx, seen.id());
    if (STARTED.contains(campaign.state())) {
      return campaign;
    }
    if (campaign.version() != seen.version()) {
      throw new RookeryException(
          CommonErrors.CONFLICT, "The campaign was changed while it was checked; start it again");
    }
    neighbours.workspaces().place(tx, campaign.data().workspaceId());
    Instant startAt = campaign.data().startAt();
    boolean later = startAt != null && startAt.isAfter(clock.instant());
    UUID contentId = contents.fix(tx, campaign.id(), campaign.data());
    return transitions.move(
        tx, campaign, later ? Transitions.SCHEDULE : Transitions.START, contentId);
  }

  /**
   * Starts a scheduled campaign whose hour has come, or makes it a draft where the gate refuses.
   */
  void startDue(TenantContext context, UUID id) {
    Sendable seen = sendable(context, id);
    if (seen.campaign().state() != State.SCHEDULED) {
      return;
    }
    boolean free = findings(context, seen).isEmpty();
    transactions.call(context, tx -> startDue(tx, seen.campaign(), free));
  }

  private Campaign startDue(Tx tx, Campaign seen, boolean free) throws SQLException {
    Campaign campaign = transitions.lock(tx, seen.id());
    if (campaign.version() != seen.version()) {
      return campaign; // Changed meanwhile: the next round looks at it again.
    }
    return free
        ? transitions.move(tx, campaign, Transitions.START, campaign.contentId())
        : transitions.move(tx, campaign, Transitions.REFUSE, null);
  }

  @Override
  public Campaign pause(TenantContext context, UUID id) {
    return move(context, id, Transitions.PAUSE);
  }

  @Override
  public Campaign resume(TenantContext context, UUID id) {
    return move(context, id, Transitions.RESUME);
  }

  @Override
  public Campaign cancel(TenantContext context, UUID id) {
    return move(context, id, Transitions.CANCEL);
  }

  @Override
  public Campaign complete(TenantContext context, UUID id) {
    return move(context, id, Transitions.COMPLETE);
  }

  private Campaign move(TenantContext context, UUID id, Transitions.Move move) {
    return transactions.callOnce(context, Campaign.class, tx -> transitions.move(tx, id, move));
  }

  @Override
  public RenderedMessage preview(TenantContext context, UUID id, UUID contactId) {
    Sendable sendable = sendable(context, id);
    CampaignContent content = contents.compile(sendable);
    Tenant tenant = neighbours.tenants().get(context);
    CampaignData campaign = sendable.campaign().data();
    Map<String, Object> variables =
        contactId == null
            ? Samples.variables(tenant, campaign)
            : Samples.variables(tenant, campaign, neighbours.contacts().get(context, contactId));
    return content.render(variables, Samples.LINKS);
  }
}
