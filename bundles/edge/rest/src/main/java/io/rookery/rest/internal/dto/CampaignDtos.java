// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.campaigns.Campaign;
import io.rookery.api.campaigns.CampaignData;
import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.campaigns.CampaignService.GateFinding;
import io.rookery.api.campaigns.RenderedMessage;
import io.rookery.api.campaigns.TemplateService.Template;
import io.rookery.api.campaigns.TemplateService.TemplateData;
import io.rookery.api.sending.SendingService.Progress;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.rest.internal.param.Checks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What is said of templates and campaigns. */
public final class CampaignDtos {

  private CampaignDtos() {}

  /** A template. */
  @Schema(name = "Template")
  public record TemplateView(
      UUID id,
      UUID workspaceId,
      String name,
      String subject,
      String html,
      String text,
      Instant createdAt,
      Instant updatedAt,
      long version)
      implements Identified, Versioned {

    /** Shows a template. */
    public static TemplateView of(Template t) {
      TemplateData d = t.data();
      return new TemplateView(
          t.id(),
          d.workspaceId(),
          d.name(),
          d.subject(),
          d.html(),
          d.text(),
          t.createdAt(),
          t.updatedAt(),
          t.version());
    }
  }

  /** A template to make or change; what is left out stays. */
  public record TemplateRequest(
      String name, String subject, String html, String text, UUID workspaceId) {

    /** Returns a new template for the service. */
    public TemplateData toNew() {
      new Checks()
          .text("/name", name)
          .text("/subject", subject)
          .that(html != null || text != null, "/html", "Give html, text or both")
          .done();
      return toData();
    }

    /** Returns it for the service. */
    public TemplateData toData() {
      return new TemplateData(name, subject, html, text, workspaceId);
    }
  }

  /** A campaign. */
  @Schema(name = "Campaign")
  public record CampaignView(
      UUID id,
      UUID workspaceId,
      String name,
      UUID templateId,
      List<UUID> listIds,
      List<UUID> mailboxIds,
      String fromName,
      String replyTo,
      Category category,
      Boolean trackOpens,
      Boolean trackClicks,
      Instant startAt,
      Campaign.State state,
      Mode mode,
      UUID contentId,
      Instant createdAt,
      Instant startedAt,
      Instant finishedAt,
      long version)
      implements Identified, Versioned {

    /** Shows a campaign. */
    public static CampaignView of(Campaign c) {
      CampaignData d = c.data();
      return new CampaignView(
          c.id(),
          d.workspaceId(),
          d.name(),
          d.templateId(),
          d.listIds(),
          d.mailboxIds(),
          d.fromName(),
          d.replyTo(),
          d.category(),
          d.trackOpens(),
          d.trackClicks(),
          d.startAt(),
          c.state(),
          c.mode(),
          c.contentId(),
          c.createdAt(),
          c.startedAt(),
          c.finishedAt(),
          c.version());
    }
  }

  /** A campaign to make or change; what is left out stays. */
  public record CampaignRequest(
      String name,
      UUID templateId,
      List<UUID> listIds,
      List<UUID> mailboxIds,
      String fromName,
      String replyTo,
      Category category,
      Boolean trackOpens,
      Boolean trackClicks,
      Instant startAt,
      UUID workspaceId) {

    /** Returns a new campaign for the service. */
    public CampaignData toNew() {
      new Checks().text("/name", name).done();
      return toData();
    }

    /** Returns it for the service. */
    public CampaignData toData() {
      Checks checks = new Checks();
      if (listIds != null) {
        checks.size("/list_ids", listIds, 0, 1000);
      }
      if (mailboxIds != null) {
        checks.size("/mailbox_ids", mailboxIds, 0, 1000);
      }
      checks.done();
      return new CampaignData(
          name,
          templateId,
          listIds,
          mailboxIds,
          fromName,
          replyTo,
          category,
          trackOpens,
          trackClicks,
          startAt,
          workspaceId);
    }
  }

  /** A check that a campaign does not pass, and what to do. */
  @Schema(name = "GateFinding")
  public record FindingView(String code, String detail) {

    /** Shows a finding. */
    public static FindingView of(GateFinding f) {
      return new FindingView(f.code(), f.detail());
    }
  }

  /** A campaign as one contact would get it. */
  @Schema(name = "Preview")
  public record PreviewView(String subject, String html, String text) {

    /** Shows a rendered message. */
    public static PreviewView of(RenderedMessage m) {
      return new PreviewView(m.subject(), m.html(), m.text());
    }
  }

  /** How far a campaign is. */
  @Schema(name = "Progress")
  public record ProgressView(
      long planned,
      long waiting,
      long sent,
      long failed,
      long suppressed,
      long cancelled,
      long inDoubt,
      boolean planning) {

    /** Shows progress. */
    public static ProgressView of(Progress p) {
      return new ProgressView(
          p.planned(),
          p.waiting(),
          p.sent(),
          p.failed(),
          p.suppressed(),
          p.cancelled(),
          p.inDoubt(),
          p.planning());
    }
  }

  /** Where a test goes. */
  public record TestRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<String> addresses) {

    /** Returns the addresses, checked to be there. */
    public List<String> checked() {
      new Checks().size("/addresses", addresses, 1, 10).done();
      return addresses;
    }
  }

  /** The messages of a test. */
  public record TestView(List<UUID> messageIds) {}
}
