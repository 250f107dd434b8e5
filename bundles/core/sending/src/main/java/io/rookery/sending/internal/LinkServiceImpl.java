// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal;

import io.rookery.api.campaigns.CampaignContent;
import io.rookery.api.campaigns.CampaignContents;
import io.rookery.api.contacts.SuppressionService;
import io.rookery.api.contacts.SuppressionService.Barrier;
import io.rookery.api.mailboxes.LinkHosts;
import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.api.sending.LinkService;
import io.rookery.api.tenancy.TenantService;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.link.DeadLinkStore;
import io.rookery.sending.internal.link.LinkTokens;
import io.rookery.sending.internal.link.LinkTokens.Link;
import io.rookery.sending.internal.link.Targets;
import io.rookery.sending.internal.store.SendingQueries;
import io.rookery.sending.internal.store.SendingQueries.Linked;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Answers the links in mails. A token's own code is the only right that its bearer has. */
@Component(service = LinkService.class)
public final class LinkServiceImpl implements LinkService {

  private static final Actor RECIPIENT = new Actor(Actor.Kind.PUBLIC, "recipient");

  private final Transactions transactions;
  private final EventLog events;
  private final CampaignContents contents;
  private final SuppressionService suppressions;
  private final TenantService tenants;
  private final LinkHosts hosts;
  private final LinkTokens tokens;
  private final Clock clock;
  private final SendingQueries queries = new SendingQueries();
  private final DeadLinkStore deadLinks = new DeadLinkStore();

  /** Makes the service. */
  @Activate
  public LinkServiceImpl(
      @Reference Transactions transactions,
      @Reference EventLog events,
      @Reference CampaignContents contents,
      @Reference SuppressionService suppressions,
      @Reference TenantService tenants,
      @Reference LinkHosts hosts,
      @Reference PlatformKeys keys,
      @Reference(target = "(area=sending)") Schema schema) {
    this(
        new LinkNeighbours(
            transactions, events, contents, suppressions, tenants, hosts, new LinkTokens(keys)),
        Clock.systemUTC());
  }

  LinkServiceImpl(LinkNeighbours neighbours, Clock clock) {
    this.transactions = neighbours.transactions();
    this.events = neighbours.events();
    this.contents = neighbours.contents();
    this.suppressions = neighbours.suppressions();
    this.tenants = neighbours.tenants();
    this.hosts = neighbours.hosts();
    this.tokens = neighbours.tokens();
    this.clock = clock;
  }

  @Override
  public Click click(Visit visit) {
    return follow(visit, true);
  }

  @Override
  public Click look(Visit visit) {
    return follow(visit, false);
  }

  private Click follow(Visit visit, boolean counts) {
    Optional<Link> link = read(KeyPurpose.CLICK_LINK, visit);
    if (link.isEmpty()) {
      return Click.UNKNOWN;
    }
    TenantContext context = context(link.get());
    Optional<Linked> linked = linked(context, link.get());
    Optional<URI> target =
        linked
            .filter(message -> message.contentId() != null)
            .flatMap(message -> contents.find(context, message.contentId()))
            .flatMap(content -> target(content, link.get().number()));
    if (target.isEmpty()) {
      return Click.UNKNOWN;
    } else if (isDead(context, linked.get(), link.get().number())) {
      return Click.DEAD;
    }
    if (counts) {
      append(context, link.get(), linked.get(), "message.clicked");
    }
    return Click.to(target.get());
  }

  private static Optional<URI> target(CampaignContent content, int number) {
    List<String> links = content.links();
    return number < links.size() ? Targets.checked(links.get(number)) : Optional.empty();
  }

  private boolean isDead(TenantContext context, Linked message, int number) {
    return transactions.call(context, tx -> deadLinks.bars(tx, message.campaignId(), number));
  }

  @Override
  public void open(Visit visit) {
    Optional<Link> link = read(KeyPurpose.OPEN_LINK, visit);
    if (link.isEmpty()) {
      return;
    }
    TenantContext context = context(link.get());
    linked(context, link.get())
        .filter(message -> !isDead(context, message, DeadLinkStore.NO_LINK))
        .ifPresent(message -> append(context, link.get(), message, "message.opened"));
  }

  /** Returns the link of a token that came under a host where it is worth something. */
  private Optional<Link> read(KeyPurpose purpose, Visit visit) {
    return tokens
        .read(purpose, visit.token())
        .filter(
            link -> hosts.serves(context(link), visit.host(), Uuids.instantOf(link.messageId())));
  }

  private void append(TenantContext context, Link link, Linked message, String type) {
    transactions.call(
        context,
        tx -> {
          events.append(tx, event(type, link, message));
          return null;
        });
  }

  private NewEvent event(String type, Link link, Linked message) {
    Map<String, Object> data = new HashMap<>();
    if (message.campaignId() != null) {
      data.put("campaign_id", message.campaignId());
    }
    if (message.contactId() != null) {
      data.put("contact_id", message.contactId());
    }
    if (type.equals("message.clicked")) {
      data.put("link", link.number());
    }
    return NewEvent.of(type, link.messageId(), clock.instant(), data);
  }

  @Override
  public Optional<Recipient> recipient(Visit visit) {
    return read(KeyPurpose.UNSUBSCRIBE_LINK, visit)
        .flatMap(link -> linked(context(link), link).map(message -> recipient(link, message)));
  }

  private Recipient recipient(Link link, Linked message) {
    TenantContext context = context(link);
    String address = message.address();
    // Of a contact that is gone nobody knows here; what it had can still be suppressed.
    boolean suppressed =
        address == null ? message.contactId() == null : suppressions.suppressed(context, address);
    return new Recipient(tenants.get(context).name(), shortened(address), suppressed);
  }

  private static String shortened(String address) {
    if (address == null) {
      return "";
    }
    int first = address.offsetByCodePoints(0, 1);
    return address.substring(0, first) + "…" + address.substring(address.lastIndexOf('@'));
  }

  @Override
  public boolean unsubscribe(Visit visit, Manner manner) {
    Optional<Link> link = read(KeyPurpose.UNSUBSCRIBE_LINK, visit);
    return link.flatMap(known -> linked(context(known), known))
        .map(message -> suppress(link.get(), message, manner))
        .orElse(false);
  }

  private boolean suppress(Link link, Linked message, Manner manner) {
    TenantContext context = context(link);
    if (message.contactId() == null && message.campaignId() != null) {
      suppressions.add(context, message.address(), SuppressionService.Reason.UNSUBSCRIBE);
      return true;
    }
    if (message.address() == null && message.contactId() == null) {
      return true;
    }
    transactions.call(
        context,
        tx -> {
          if (!suppress(tx, message)) {
            return null;
          }
          Map<String, Object> data =
              new HashMap<>(event("message.unsubscribed", link, message).data());
          data.put("manner", manner.name().toLowerCase(Locale.ROOT));
          events.append(
              tx, NewEvent.of("message.unsubscribed", link.messageId(), clock.instant(), data));
          return null;
        });
    return true;
  }

  /** Suppresses whom a message went to; returns whether that changed anything. */
  private boolean suppress(Tx tx, Linked message) {
    if (message.contactId() != null) {
      return suppressions.addContact(
          tx, message.contactId(), SuppressionService.Reason.UNSUBSCRIBE);
    }
    if (lasts(suppressions.barriers(tx, List.of(message.address())))) {
      return false;
    }
    suppressions.add(tx, message.address(), SuppressionService.Reason.UNSUBSCRIBE);
    return true;
  }

  /** What was set by hand can be lifted by hand, which an addressee's wish must not be. */
  private static boolean lasts(Map<String, Barrier> barriers) {
    return barriers.values().stream()
        .flatMap(barrier -> barrier.reasons().stream())
        .anyMatch(reason -> reason != SuppressionService.Reason.MANUAL);
  }

  private Optional<Linked> linked(TenantContext context, Link link) {
    return transactions.call(context, tx -> queries.linked(tx, link.messageId()));
  }

  private static TenantContext context(Link link) {
    return TenantContext.of(link.tenantId(), RECIPIENT);
  }
}
