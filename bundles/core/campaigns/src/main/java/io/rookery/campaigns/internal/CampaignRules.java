// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import io.rookery.api.campaigns.CampaignData;
import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.contacts.EmailAddresses;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What may be said of a campaign, and what is meant where nothing is said. */
final class CampaignRules {

  private static final int LONGEST_NAME = 200;
  private static final int MOST_IDS = 1000;

  private CampaignRules() {}

  /** Returns the data of a new campaign with every default filled in. */
  static CampaignData fresh(CampaignData data, Instant now) {
    CampaignData nothing =
        new CampaignData(
            null, null, List.of(), List.of(), null, null, Category.COMMERCIAL, true, true, null);
    return changed(nothing, data, now);
  }

  /** Returns changed data, checked. */
  static CampaignData changed(CampaignData old, CampaignData change, Instant now) {
    CampaignData data = merged(old, change);
    check(data, change.startAt() != null, now);
    return data;
  }

  /** Returns changed data, unchecked. */
  static CampaignData merged(CampaignData old, CampaignData change) {
    return new CampaignData(
        or(change.name(), old.name()),
        or(change.templateId(), old.templateId()),
        ids(change.listIds(), old.listIds()),
        ids(change.mailboxIds(), old.mailboxIds()),
        or(change.fromName(), old.fromName()),
        or(change.replyTo(), old.replyTo()),
        or(change.category(), old.category()),
        or(change.trackOpens(), old.trackOpens()),
        or(change.trackClicks(), old.trackClicks()),
        or(Moments.kept(change.startAt()), old.startAt()),
        or(change.workspaceId(), old.workspaceId()));
  }

  private static void check(CampaignData data, boolean newStart, Instant now) {
    Fields fields = new Fields();
    fields.name("/name", data.name());
    fields.line("/from_name", data.fromName(), LONGEST_NAME);
    if (data.replyTo() != null && EmailAddresses.wire(data.replyTo()).isEmpty()) {
      fields.wrong("/reply_to", "Give an e-mail address");
    }
    if (data.listIds().size() > MOST_IDS) {
      fields.wrong("/list_ids", "At most " + MOST_IDS + " lists");
    }
    if (data.mailboxIds().size() > MOST_IDS) {
      fields.wrong("/mailbox_ids", "At most " + MOST_IDS + " mailboxes");
    }
    if (newStart && !data.startAt().isAfter(now)) {
      fields.wrong("/start_at", "Give a moment in the future");
    }
    fields.done();
  }

  private static <T> T or(T value, T otherwise) {
    return value == null ? otherwise : value;
  }

  private static List<UUID> ids(List<UUID> ids, List<UUID> otherwise) {
    return ids == null ? otherwise : ids.stream().distinct().toList();
  }
}
