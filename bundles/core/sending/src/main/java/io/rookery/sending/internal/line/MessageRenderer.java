// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.api.campaigns.CampaignContent;
import io.rookery.api.campaigns.CampaignContents;
import io.rookery.api.campaigns.CampaignData;
import io.rookery.api.campaigns.RenderedMessage;
import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.tenancy.Tenant;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.sending.internal.link.LinkTokens;
import io.rookery.sending.internal.mime.Mail;
import io.rookery.sending.internal.mime.MimeWriter;
import io.rookery.spi.mail.RawMessage;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes a claimed message into what goes on the wire. One per run of a lane: tenant, mailbox, keys
 * and contents are looked up once. Thread-safe.
 */
final class MessageRenderer {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private final TenantContext context;
  private final Tenant tenant;
  private final LaneState lane;
  private final TurnSigner signer;
  private final CampaignContents contents;
  private final LinkTokens tokens;
  private final String baseUrl;
  private final Clock clock;
  private final Map<UUID, CampaignContent> known = new ConcurrentHashMap<>();

  MessageRenderer(
      TenantContext context,
      Tenant tenant,
      LaneState lane,
      TurnSigner signer,
      CampaignContents contents,
      LinkTokens tokens,
      String baseUrl,
      Clock clock) {
    this.context = context;
    this.tenant = tenant;
    this.lane = lane;
    this.signer = signer;
    this.contents = contents;
    this.tokens = tokens;
    this.baseUrl = baseUrl;
    this.clock = clock;
  }

  /**
   * Renders a message and signs it.
   *
   * @throws RookeryException where its content is gone or passes a bound
   */
  RawMessage render(ClaimedMessage message) {
    CampaignContent content = known.computeIfAbsent(message.contentId(), id -> content(message));
    boolean listed = content.campaign().category() != CampaignData.Category.TRANSACTIONAL;
    LinkMaker links = new LinkMaker(message, content.campaign());
    RenderedMessage rendered = content.render(variables(message, content), links);
    String subject =
        message.contactId() == null ? "[Test] " + rendered.subject() : rendered.subject();
    String name = content.campaign().fromName();
    Instant now = clock.instant();
    Mail mail =
        new Mail(
            message.id(),
            message.host(),
            lane.address(),
            name == null ? lane.displayName() : name,
            message.to(),
            content.campaign().replyTo(),
            subject,
            now,
            listed ? links.unsubscribe() : null,
            listed ? "<" + message.campaignId() + "." + message.host() + ">" : null,
            message.campaignId() + ":" + context.tenantId() + ":campaign:rookery",
            rendered.html(),
            rendered.text());
    boolean eightBit = message.to().chars().anyMatch(c -> c > 126);
    byte[] signed = signer.sign(MimeWriter.write(mail), now);
    return new RawMessage(message.id(), lane.address(), List.of(message.to()), signed, eightBit);
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
    Map<String, Object> contact = new HashMap<>();
    if (message.contact() != null) {
      contact.putAll(attributes(message.contact().attributes()));
      put(contact, "first_name", message.contact().firstName());
      put(contact, "last_name", message.contact().lastName());
    }
    contact.put("email", message.to());
    Map<String, Object> sender = new HashMap<>();
    put(sender, "name", tenant.name());
    put(sender, "postal_address", tenant.postalAddress());
    Map<String, Object> campaign = new HashMap<>();
    put(campaign, "name", content.campaign().name());
    return Map.of("contact", contact, "tenant", sender, "campaign", campaign);
  }

  private static void put(Map<String, Object> map, String name, String value) {
    if (value != null) {
      map.put(name, value);
    }
  }

  private static Map<String, Object> attributes(String json) {
    if (json == null || json.equals("{}")) {
      return Map.of();
    }
    try {
      return JSON.readValue(json, MAP);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The database holds attributes that are no JSON", e);
    }
  }

  private final class LinkMaker implements CampaignContent.Links {
    private final ClaimedMessage message;
    private final boolean opens;
    private final boolean clicks;

    LinkMaker(ClaimedMessage message, CampaignData campaign) {
      this.message = message;
      boolean lawful = message.contact() != null && TrackingLaw.allows(message.contact());
      this.opens = lawful && !Boolean.FALSE.equals(campaign.trackOpens());
      this.clicks = lawful && !Boolean.FALSE.equals(campaign.trackClicks());
    }

    @Override
    public String click(int number) {
      return clicks ? baseUrl + "/t/c/" + token(KeyPurpose.CLICK_LINK, number) : null;
    }

    @Override
    public String open() {
      return opens ? baseUrl + "/t/o/" + token(KeyPurpose.OPEN_LINK, 0) : null;
    }

    @Override
    public String unsubscribe() {
      return baseUrl + "/u/" + token(KeyPurpose.UNSUBSCRIBE_LINK, 0);
    }

    private String token(KeyPurpose purpose, int number) {
      return tokens.make(purpose, context.tenantId(), message.id(), number);
    }
  }
}
