// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import io.rookery.api.campaigns.CampaignData;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Looks whether there is what a campaign names, in its own workspace or in the main one. To a
 * tenant, what belongs to another is as good as not there, and so it is to whoever does not see its
 * workspace. Opens transactions of its own.
 */
final class References {

  private final Neighbours neighbours;
  private final TemplateLookup templates;

  /** Returns the workspace of a template, {@code not_found} where there is none. */
  interface TemplateLookup {
    UUID workspace(TenantContext context, UUID id);
  }

  /** Returns the workspace of a thing, {@code not_found} where there is none. */
  private interface Lookup extends UnaryOperator<UUID> {}

  References(Neighbours neighbours, TemplateLookup templates) {
    this.neighbours = neighbours;
    this.templates = templates;
  }

  /**
   * Returns what is named and cannot be used; fields that are null name nothing.
   *
   * @param workspace where the campaign is or is to be
   * @param as says in which context to look for an id
   */
  List<FieldError> wrong(CampaignData data, UUID workspace, As as) {
    List<FieldError> errors = new ArrayList<>();
    Looking looking = new Looking(workspace, errors);
    if (data.templateId() != null) {
      looking.at(
          "template",
          "/template_id",
          data.templateId(),
          as.of(data.templateId()).tenantId(),
          id -> templates.workspace(as.of(id), id));
    }
    looking.each(
        "list",
        "/list_ids/",
        data.listIds(),
        as,
        id -> neighbours.lists().get(as.of(id), id).workspaceId());
    looking.each(
        "mailbox",
        "/mailbox_ids/",
        data.mailboxIds(),
        as,
        id -> neighbours.mailboxes().get(as.of(id), id).workspaceId());
    return errors;
  }

  /** Says in which context an id is looked for. */
  interface As {
    TenantContext of(UUID id);
  }

  /** Looks for things and collects what is wrong with them. */
  private record Looking(UUID workspace, List<FieldError> errors) {

    void each(String what, String pointer, List<UUID> ids, As as, Lookup lookup) {
      for (int i = 0; ids != null && i < ids.size(); i++) {
        at(what, pointer + i, ids.get(i), as.of(ids.get(i)).tenantId(), lookup);
      }
    }

    void at(String what, String pointer, UUID id, UUID main, Lookup lookup) {
      try {
        UUID place = lookup.apply(id);
        if (!place.equals(workspace) && !place.equals(main)) {
          String detail =
              "The %s is in another workspace; take one of the campaign's own or of the main one"
                  .formatted(what);
          errors.add(new FieldError(pointer, detail));
        }
      } catch (RookeryException e) {
        if (!e.code().equals(CommonErrors.NOT_FOUND)) {
          throw e;
        }
        errors.add(new FieldError(pointer, "There is no such " + what));
      }
    }
  }
}
