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
import java.util.function.Consumer;

/**
 * Looks whether the tenant has what a campaign names. To a tenant, what belongs to another is as
 * good as not there. Opens transactions of its own.
 */
final class References {

  private final Neighbours neighbours;
  private final TemplateLookup templates;

  /** Returns whether the tenant has a template. */
  interface TemplateLookup {
    boolean has(TenantContext context, UUID id);
  }

  References(Neighbours neighbours, TemplateLookup templates) {
    this.neighbours = neighbours;
    this.templates = templates;
  }

  /** Returns what is named and not there; fields that are null name nothing. */
  List<FieldError> unknown(TenantContext context, CampaignData data) {
    List<FieldError> errors = new ArrayList<>();
    if (data.templateId() != null && !templates.has(context, data.templateId())) {
      errors.add(new FieldError("/template_id", "There is no such template"));
    }
    unknown(data.listIds(), id -> neighbours.lists().get(context, id))
        .forEach(i -> errors.add(new FieldError("/list_ids/" + i, "There is no such list")));
    unknown(data.mailboxIds(), id -> neighbours.mailboxes().get(context, id))
        .forEach(i -> errors.add(new FieldError("/mailbox_ids/" + i, "There is no such mailbox")));
    return errors;
  }

  private static List<Integer> unknown(List<UUID> ids, Consumer<UUID> get) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; ids != null && i < ids.size(); i++) {
      try {
        get.accept(ids.get(i));
      } catch (RookeryException e) {
        if (!e.code().equals(CommonErrors.NOT_FOUND)) {
          throw e;
        }
        places.add(i);
      }
    }
    return places;
  }
}
