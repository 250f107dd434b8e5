// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import static java.util.Map.entry;

import io.rookery.itests.isolation.Recipe.Making;
import java.util.Map;
import java.util.Optional;

/**
 * An object that requests name by its id.
 *
 * @param item where it is shown
 * @param id an owner's one
 */
public record Named(String item, Making<String> id) {

  private static final Map<String, Named> BY_NAME =
      Map.ofEntries(
          entry("list_id", new Named("/api/v1/lists/{id}", Owner::list)),
          entry("list_ids", new Named("/api/v1/lists/{id}", Owner::list)),
          entry("contact_id", new Named("/api/v1/contacts/{id}", Owner::contact)),
          entry("contact_ids", new Named("/api/v1/contacts/{id}", Owner::contact)),
          entry("template_id", new Named("/api/v1/templates/{id}", Owner::template)),
          entry("mailbox_id", new Named("/api/v1/mailboxes/{id}", Owner::mailbox)),
          entry("mailbox_ids", new Named("/api/v1/mailboxes/{id}", Owner::mailbox)),
          entry("campaign_id", new Named("/api/v1/campaigns/{id}", Owner::campaign)),
          entry("subject_id", new Named("/api/v1/campaigns/{id}", Owner::campaign)),
          entry("workspace", new Named("/api/v1/workspaces/{id}", Owner::mainWorkspace)),
          entry("workspace_id", new Named("/api/v1/workspaces/{id}", Owner::mainWorkspace)),
          entry("workspace_ids", new Named("/api/v1/workspaces/{id}", Owner::mainWorkspace)),
          entry("message_ids", new Named("/api/v1/messages/{id}", Owner::deadLetter)));

  /** Returns what a parameter of this name means, or empty. */
  public static Optional<Named> of(String parameter) {
    return Optional.ofNullable(BY_NAME.get(parameter));
  }
}
