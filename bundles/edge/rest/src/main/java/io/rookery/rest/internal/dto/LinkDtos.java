// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.mailboxes.LinkHost;
import io.rookery.api.sending.DeadLinks.DeadLink;
import io.rookery.rest.internal.param.Checks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/** What is said of links in mail. */
public final class LinkDtos {

  private LinkDtos() {}

  /** A host that links lead to. */
  @Schema(name = "LinkHost")
  public record LinkHostView(
      UUID id,
      String host,
      UUID domainId,
      LinkHost.State state,
      Instant verifiedAt,
      Instant endedAt,
      String trouble,
      Instant dueAt) {

    /** Shows a host. */
    public static LinkHostView of(LinkHost h) {
      return new LinkHostView(
          h.id(),
          h.host(),
          h.domainId(),
          h.state(),
          h.verifiedAt(),
          h.endedAt(),
          h.trouble(),
          h.dueAt());
    }
  }

  /** Links to kill: by campaign, with or without a number; by the address of one; or all. */
  @Schema(name = "DeadLinkRequest")
  public record DeadLinkRequest(
      @Schema(description = "The campaign whose links it is about") UUID campaignId,
      @Schema(description = "One link of the campaign, counted from 0; left out for all of them")
          Integer link,
      @Schema(
              description = "Instead of campaign and number: the link as it was in a mail",
              example = "https://links.heron.example/t/c/AVn3…")
          String url,
      @Schema(description = "Instead of both: true for all links of the tenant") Boolean all,
      @Schema(description = "A sentence for those who look later") String reason) {

    /** Returns the request, checked to name exactly one thing. */
    public DeadLinkRequest checked() {
      Boolean whole = Boolean.TRUE.equals(all) ? all : null;
      long named = Stream.of(campaignId, url, whole).filter(Objects::nonNull).count();
      new Checks()
          .that(named == 1, "/campaign_id", "Give one of campaign_id, url and \"all\": true")
          .that(link == null || campaignId != null, "/link", "A number needs its campaign_id")
          .longest("/url", url, 2000)
          .longest("/reason", reason, 200)
          .done();
      return this;
    }
  }

  /** Links that lead nowhere any more. */
  @Schema(name = "DeadLink")
  public record DeadLinkView(
      UUID id, UUID campaignId, Integer link, String reason, boolean byOperator, Instant killedAt)
      implements Identified {

    /** Shows what was killed. */
    public static DeadLinkView of(DeadLink d) {
      return new DeadLinkView(
          d.id(),
          d.target().campaignId(),
          d.target().number(),
          d.reason(),
          d.byOperator(),
          d.killedAt());
    }
  }
}
