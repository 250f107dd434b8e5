// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal;

import io.rookery.api.campaigns.CampaignService;
import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.api.sending.DeadLinks;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.Actor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.link.DeadLinkStore;
import io.rookery.sending.internal.link.LinkTokens;
import io.rookery.sending.internal.link.LinkTokens.Link;
import io.rookery.sending.internal.store.SendingQueries;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps which links are killed; what follows links asks the table itself each time. */
@Component(service = DeadLinks.class)
public final class DeadLinksImpl implements DeadLinks {

  private static final int LONGEST_REASON = 200;
  private static final int HIGHEST_NUMBER = 0xFFFF;

  /** A link as it was in a mail; which host it has does not matter here. */
  private static final Pattern ADDRESS = Pattern.compile("https?://[^/]+/t/c/([\\w-]{1,100})");

  private final Transactions transactions;
  private final EventLog events;
  private final CampaignService campaigns;
  private final LinkTokens tokens;
  private final Clock clock;
  private final DeadLinkStore store = new DeadLinkStore();
  private final SendingQueries queries = new SendingQueries();

  /** Makes the service. */
  @Activate
  public DeadLinksImpl(
      @Reference Transactions transactions,
      @Reference EventLog events,
      @Reference CampaignService campaigns,
      @Reference PlatformKeys keys,
      @Reference(target = "(area=sending)") Schema schema) {
    this(transactions, events, campaigns, new LinkTokens(keys), Clock.systemUTC());
  }

  DeadLinksImpl(
      Transactions transactions,
      EventLog events,
      CampaignService campaigns,
      LinkTokens tokens,
      Clock clock) {
    this.transactions = transactions;
    this.events = events;
    this.campaigns = campaigns;
    this.tokens = tokens;
    this.clock = clock;
  }

  @Override
  public DeadLink kill(TenantContext context, Target target, String reason) {
    refuseTestKeys(context);
    check(target, reason);
    if (target.campaignId() != null) {
      campaigns.get(context, target.campaignId());
    }
    DeadLink dead =
        new DeadLink(
            Uuids.next(),
            target,
            reason,
            isOperator(context),
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    return transactions.callOnce(context, DeadLink.class, tx -> insert(tx, dead));
  }

  private DeadLink insert(Tx tx, DeadLink dead) throws SQLException {
    if (!store.insert(tx, dead)) {
      return store.same(tx, dead);
    }
    append(tx, "link.killed", dead);
    return dead;
  }

  private static void check(Target target, String reason) {
    if (reason != null && reason.length() > LONGEST_REASON) {
      throw RookeryException.invalid(
          "/reason", "The reason has at most " + LONGEST_REASON + " characters");
    }
    Integer number = target.number();
    if (number != null && (number < 0 || number > HIGHEST_NUMBER)) {
      throw RookeryException.invalid("/link", "The links of a campaign are numbered from 0");
    }
  }

  @Override
  public Target targetOf(TenantContext context, String address) {
    Matcher matcher = ADDRESS.matcher(address == null ? "" : address.strip());
    if (!matcher.matches()) {
      throw RookeryException.invalid(
          "/url", "This is no counted link such as https://links.example.com/t/c/…");
    }
    return tokens
        .read(KeyPurpose.CLICK_LINK, matcher.group(1))
        .filter(link -> link.tenantId().equals(context.tenantId()))
        .map(link -> target(context, link))
        .orElseThrow(() -> RookeryException.notFound("link"));
  }

  private Target target(TenantContext context, Link link) {
    return transactions
        .call(context, tx -> queries.linked(tx, link.messageId()))
        .filter(message -> message.campaignId() != null)
        .map(message -> new Target(message.campaignId(), link.number()))
        .orElseThrow(() -> RookeryException.notFound("link"));
  }

  @Override
  public void revive(TenantContext context, UUID id) {
    refuseTestKeys(context);
    transactions.call(
        context,
        tx -> {
          DeadLink dead =
              store.find(tx, id).orElseThrow(() -> RookeryException.notFound("dead link"));
          if (dead.byOperator() && !isOperator(context)) {
            throw new RookeryException(
                CommonErrors.FORBIDDEN, "The operator killed this; only the operator revives it");
          }
          store.delete(tx, id);
          append(tx, "link.revived", dead);
          return null;
        });
  }

  @Override
  public List<DeadLink> list(TenantContext context) {
    refuseTestKeys(context);
    return transactions.call(context, store::list);
  }

  private void append(Tx tx, String type, DeadLink dead) {
    Map<String, Object> data = new HashMap<>();
    if (dead.target().campaignId() != null) {
      data.put("campaign_id", dead.target().campaignId());
    }
    if (dead.target().number() != null) {
      data.put("link", dead.target().number());
    }
    data.put("by_operator", dead.byOperator());
    events.append(tx, NewEvent.of(type, dead.id(), clock.instant(), data));
  }

  private static boolean isOperator(TenantContext context) {
    return context.actor().kind() == Actor.Kind.OPERATOR;
  }

  private static void refuseTestKeys(TenantContext context) {
    if (context.mode() == Mode.TEST) {
      throw new RookeryException(
          CommonErrors.FORBIDDEN, "A test key has no say in links, which live mail has");
    }
  }
}
