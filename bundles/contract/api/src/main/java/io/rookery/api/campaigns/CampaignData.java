// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.campaigns;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What is said of a campaign; null leaves a field as it is.
 *
 * @param name its name for people
 * @param templateId the template that its content is taken from when it starts
 * @param listIds the lists whose contacts get it, each contact once
 * @param mailboxIds the mailboxes that it is sent from
 * @param fromName the name shown in From; null takes the mailbox's
 * @param replyTo the address for answers; null takes the mailbox's
 * @param category what the mail is
 * @param trackOpens whether opens are tracked where the contact allows it
 * @param trackClicks whether clicks are tracked where the contact allows it
 * @param startAt when it starts, in the future; null starts at once
 * @param workspaceId the workspace that it is in; a campaign takes templates, lists and mailboxes
 *     of its own workspace and of the main one. A new one is in the main one unless said otherwise,
 *     and moved as long as it has not begun
 */
public record CampaignData(
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

  /** Says nothing of a workspace. */
  public CampaignData(
      String name,
      UUID templateId,
      List<UUID> listIds,
      List<UUID> mailboxIds,
      String fromName,
      String replyTo,
      Category category,
      Boolean trackOpens,
      Boolean trackClicks,
      Instant startAt) {
    this(
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
        null);
  }

  /** Returns the same in a workspace. */
  public CampaignData in(UUID workspace) {
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
        workspace);
  }

  /** What a mail is: commercial mail obeys suppression and carries unsubscribe links. */
  public enum Category {
    COMMERCIAL,
    TRANSACTIONAL
  }
}
