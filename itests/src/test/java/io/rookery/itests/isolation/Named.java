// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import io.rookery.itests.isolation.Recipe.Making;
import java.util.Map;
import java.util.Optional;

/**
 * An object that requests name by its id.
 *
 * @param item where it is shown
 * @param id an owner's one
 */
record Named(String item, Making<String> id) {

  private static final Map<String, Named> BY_NAME =
      Map.of(
          "list_id", new Named("/api/v1/lists/{id}", Owner::list),
          "list_ids", new Named("/api/v1/lists/{id}", Owner::list),
          "contact_id", new Named("/api/v1/contacts/{id}", Owner::contact),
          "contact_ids", new Named("/api/v1/contacts/{id}", Owner::contact),
          "template_id", new Named("/api/v1/templates/{id}", Owner::template),
          "mailbox_ids", new Named("/api/v1/mailboxes/{id}", Owner::mailbox),
          "campaign_id", new Named("/api/v1/campaigns/{id}", Owner::campaign),
          "subject_id", new Named("/api/v1/campaigns/{id}", Owner::campaign),
          "message_ids", new Named("/api/v1/messages/{id}", Owner::deadLetter));

  /** Returns what a parameter of this name means, or empty. */
  static Optional<Named> of(String parameter) {
    return Optional.ofNullable(BY_NAME.get(parameter));
  }
}
