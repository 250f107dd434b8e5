// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.api.campaigns.CampaignContent;
import io.rookery.api.campaigns.CampaignContents;
import io.rookery.api.campaigns.CampaignData;
import io.rookery.api.campaigns.RenderedMessage;
import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.tenancy.Tenant;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.sending.internal.link.LinkAddresses;
import io.rookery.sending.internal.link.LinkTokens;
import io.rookery.sending.internal.mime.Mail;
import io.rookery.sending.internal.mime.MimeWriter;
import io.rookery.spi.mail.RawMessage;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Makes a claimed message into what goes on the wire. One per run of a lane: tenant, mailbox, keys
 * and contents are looked up once. Thread-safe.
 */
final class MessageRenderer {

  private final TenantContext context;
  private final Tenant tenant;
  private final LaneState lane;
  private final SingleRenderer singles;
  private final TurnSigner signer;
  private final CampaignContents contents;
  private final LinkTokens tokens;
  private final LinkAddresses addresses;
  private final Clock clock;
  private final Function<UUID, String> envelopeSender;
  private final Map<UUID, CampaignContent> known = new ConcurrentHashMap<>();

  MessageRenderer(
      TenantContext context,
      Tenant tenant,
      LaneState lane,
      SingleRenderer singles,
      TurnSigner signer,
      CampaignContents contents,
      LinkTokens tokens,
      LinkAddresses addresses,
      Clock clock,
      Function<UUID, String> envelopeSender) {
    this.context = context;
    this.tenant = tenant;
    this.lane = lane;
    this.singles = singles;
    this.signer = signer;
    this.contents = contents;
    this.tokens = tokens;
    this.addresses = addresses;
    this.clock = clock;
    this.envelopeSender = envelopeSender;
  }

  /**
   * Renders a message and signs it.
   *
   * @throws RookeryException where its content is gone or passes a bound
   */
  RawMessage render(ClaimedMessage message) {
    Mail mail = message.single() ? single(message) : campaign(message);
    byte[] signed = signer.sign(MimeWriter.write(mail), mail.date());
    boolean eightBit = message.to().chars().anyMatch(c -> c > 126);
    String sender = envelopeSender.apply(message.id());
    return new RawMessage(message.id(), sender, List.of(message.to()), signed, eightBit);
  }

  private Mail single(ClaimedMessage message) {
    return singles.mail(message, lane, clock.instant(), unsubscribe(message));
  }

  private Mail campaign(ClaimedMessage message) {
    CampaignContent content = known.computeIfAbsent(message.contentId(), id -> content(message));
    boolean listed = content.campaign().category() != CampaignData.Category.TRANSACTIONAL;
    LinkMaker links = new LinkMaker(message, content.campaign());
    RenderedMessage rendered = content.render(variables(message, content), links);
    String subject =
        message.contactId() == null ? "[Test] " + rendered.subject() : rendered.subject();
    String name = content.campaign().fromName();
    return new Mail(
        message.id(),
        message.host(),
        lane.address(),
        name == null ? lane.displayName() : name,
        message.to(),
        content.campaign().replyTo(),
        subject,
        clock.instant(),
        listed ? links.unsubscribe() : null,
        listed ? "<" + message.campaignId() + "." + message.host() + ">" : null,
        message.campaignId() + ":" + context.tenantId() + ":campaign:rookery",
        rendered.html(),
        rendered.text());
  }

  private CampaignContent content(ClaimedMessage message) {
    if (message.contactId() == null) {
      return contents.draft(context, message.campaignId());
    }
    return contents
        .find(context, message.contentId())
        .orElseThrow(() -> RookeryException.notFound("campaign content"));
  }

  private Map<String, Object> variables(ClaimedMessage message, CampaignContent content) {
    Map<String, Object> campaign = new HashMap<>();
    ContactVariables.put(campaign, "name", content.campaign().name());
    return Map.of(
        "contact",
        ContactVariables.contact(message.contact(), message.to()),
        "tenant",
        ContactVariables.sender(tenant),
        "campaign",
        campaign);
  }

  private String unsubscribe(ClaimedMessage message) {
    return addresses.base() + "/u/" + token(message, KeyPurpose.UNSUBSCRIBE_LINK, 0);
  }

  private String token(ClaimedMessage message, KeyPurpose purpose, int number) {
    return tokens.make(purpose, context.tenantId(), message.id(), number);
  }

  private final class LinkMaker implements CampaignContent.Links {
    private final ClaimedMessage message;
    private final boolean opens;
    private final boolean clicks;

    LinkMaker(ClaimedMessage message, CampaignData campaign) {
      this.message = message;
      boolean lawful = message.contact() != null && TrackingLaw.allows(message.contact());
      boolean counted = lawful && addresses.counted() != null;
      this.opens = counted && !Boolean.FALSE.equals(campaign.trackOpens());
      this.clicks = counted && !Boolean.FALSE.equals(campaign.trackClicks());
    }

    @Override
    public String click(int number) {
      return clicks ? counted("/t/c/", KeyPurpose.CLICK_LINK, number) : null;
    }

    @Override
    public String open() {
      return opens ? counted("/t/o/", KeyPurpose.OPEN_LINK, 0) : null;
    }

    private String counted(String path, KeyPurpose purpose, int number) {
      return addresses.counted() + path + token(message, purpose, number);
    }

    @Override
    public String unsubscribe() {
      return MessageRenderer.this.unsubscribe(message);
    }
  }
}
