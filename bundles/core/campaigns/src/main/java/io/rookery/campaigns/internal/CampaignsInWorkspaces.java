// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import io.rookery.api.tenancy.WorkspaceUse;
import io.rookery.campaigns.internal.store.CampaignStore;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Schema;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps a workspace from being archived while campaigns are at work in it. */
@Component(
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=campaigns)"))
public final class CampaignsInWorkspaces implements WorkspaceUse {

  private final CampaignStore store = new CampaignStore();

  @Override
  public Optional<String> objection(Tx tx, UUID workspaceId) throws SQLException {
    return store.unfinished(tx, workspaceId)
        ? Optional.of("Campaigns of the workspace are scheduled, running or paused; cancel them")
        : Optional.empty();
  }
}
