// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.campaigns;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** What is sent: compiled once, rendered for each recipient. Immutable; thread-safe. */
@ProviderType
public interface CampaignContent {

  /** Returns its id; for a draft, that of the campaign. */
  UUID id();

  /** Returns what was said of the campaign when the content was fixed. */
  CampaignData campaign();

  /** Returns the targets of its links by number, http and https only. */
  List<String> links();

  /**
   * Renders it for one recipient.
   *
   * @param variables what the template may show: {@code contact}, {@code tenant}, {@code campaign},
   *     each a map of strings, numbers, booleans, lists and maps
   * @throws io.rookery.kernel.RookeryException {@code campaigns.render_failed} where a bound is
   *     passed
   */
  RenderedMessage render(Map<String, ?> variables, Links links);

  /** Makes the links that go into a message. */
  interface Links {

    /** Returns the tracked address of a link, or null to leave the target itself in the message. */
    String click(int number);

    /** Returns the address of the open pixel, or null for none. */
    String open();

    /** Returns the address of the page where the recipient unsubscribes, or null for none. */
    String unsubscribe();
  }
}
