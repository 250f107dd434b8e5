// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.gate;

import io.rookery.api.campaigns.Campaign;
import io.rookery.api.campaigns.Campaign.State;
import io.rookery.api.campaigns.CampaignData;
import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.campaigns.CampaignService.GateFinding;
import io.rookery.api.contacts.ContactListService.ContactList;
import io.rookery.campaigns.internal.Neighbours;
import io.rookery.campaigns.internal.content.ContentCompiler;
import io.rookery.campaigns.internal.content.ContentSource;
import io.rookery.campaigns.internal.gate.GateSubject.Sender;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** All that must hold before a campaign may start. Opens transactions of its own. */
public final class Gate {

  private final Neighbours neighbours;
  private final List<GateCheck> senderChecks;
  private final List<GateCheck> checks;

  /** Makes a gate that asks the areas to the left. */
  public Gate(Neighbours neighbours, ContentCompiler compiler) {
    this.neighbours = neighbours;
    this.senderChecks =
        List.of(
            new TenantCheck(),
            new TestModeCheck(),
            new MailboxCheck(),
            new CapabilityCheck(),
            new FromCheck(),
            new SenderDomainCheck(neighbours.domains()),
            new UnsubscribeCheck(neighbours.domains(), neighbours.reach()),
            new CategoryCheck(neighbours.permissions()),
            new PostalAddressCheck());
    this.checks = new ArrayList<>(senderChecks);
    checks.add(new ContentCheck(compiler));
    checks.add(new AudienceCheck());
  }

  /** Returns what keeps a campaign from starting with a content; the content may be null. */
  public List<GateFinding> check(TenantContext context, Campaign campaign, ContentSource source) {
    GateSubject subject =
        new GateSubject(
            context,
            campaign,
            neighbours.tenants().get(context),
            source,
            existing(campaign.data().mailboxIds(), id -> sender(context, id)),
            existing(campaign.data().listIds(), id -> list(context, id)));
    return found(checks, subject);
  }

  /** Returns what keeps mail of a category, of no campaign, from being sent from a mailbox. */
  public List<GateFinding> check(TenantContext context, UUID mailboxId, Category category) {
    List<UUID> mailboxes = List.of(mailboxId);
    CampaignData data =
        new CampaignData(null, null, List.of(), mailboxes, null, null, category, null, null, null);
    Campaign none =
        new Campaign(mailboxId, data, State.DRAFT, context.mode(), null, null, null, null, 1);
    GateSubject subject =
        new GateSubject(
            context,
            none,
            neighbours.tenants().get(context),
            null,
            existing(mailboxes, id -> sender(context, id)),
            List.of());
    return found(senderChecks, subject);
  }

  private static List<GateFinding> found(List<GateCheck> checks, GateSubject subject) {
    Findings findings = new Findings();
    checks.forEach(check -> check.check(subject, findings));
    return findings.all();
  }

  private Sender sender(TenantContext context, UUID id) {
    var mailbox = neighbours.mailboxes().get(context, id);
    return new Sender(mailbox, neighbours.backends().find(mailbox.backend()).orElse(null));
  }

  private ContactList list(TenantContext context, UUID id) {
    return neighbours.lists().get(context, id);
  }

  private static <T> List<T> existing(List<UUID> ids, Function<UUID, T> get) {
    return ids.stream().map(id -> found(id, get)).flatMap(Optional::stream).toList();
  }

  private static <T> Optional<T> found(UUID id, Function<UUID, T> get) {
    try {
      return Optional.of(get.apply(id));
    } catch (RookeryException e) {
      if (e.code().equals(CommonErrors.NOT_FOUND)) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
