// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.campaigns;

import io.rookery.api.campaigns.Campaign;
import io.rookery.api.sending.SendingService.Progress;
import io.rookery.shell.internal.View;
import java.util.function.Function;

/** How the shell shows a campaign. */
final class CampaignView {

  static final View<Campaign> FIELDS =
      View.<Campaign>empty()
          .column("id", Campaign::id)
          .detail("workspace_id", c -> c.data().workspaceId())
          .column("name", campaign -> campaign.data().name())
          .column("state", Campaign::state)
          .column("mode", Campaign::mode)
          .detail("category", campaign -> campaign.data().category())
          .detail("template_id", campaign -> campaign.data().templateId())
          .detail("list_ids", campaign -> campaign.data().listIds())
          .detail("mailbox_ids", campaign -> campaign.data().mailboxIds())
          .column("start_at", campaign -> campaign.data().startAt())
          .column("created_at", Campaign::createdAt)
          .column("started_at", Campaign::startedAt)
          .column("finished_at", Campaign::finishedAt)
          .detail("version", Campaign::version);

  /** A campaign with how far it is; the progress is null while the sending line is not there. */
  record Shown(Campaign campaign, Progress progress) {}

  static View<Shown> withProgress() {
    return FIELDS
        .<Shown>of(Shown::campaign)
        .detail("planning", count(Progress::planning))
        .detail("planned", count(Progress::planned))
        .detail("waiting", count(Progress::waiting))
        .detail("sent", count(Progress::sent))
        .detail("failed", count(Progress::failed))
        .detail("suppressed", count(Progress::suppressed))
        .detail("cancelled", count(Progress::cancelled))
        .detail("in_doubt", count(Progress::inDoubt));
  }

  private static Function<Shown, Object> count(Function<Progress, Object> figure) {
    return shown -> shown.progress() == null ? null : figure.apply(shown.progress());
  }

  private CampaignView() {}
}
