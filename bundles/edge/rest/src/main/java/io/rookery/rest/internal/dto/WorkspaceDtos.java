// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.tenancy.Workspace;
import io.rookery.api.tenancy.WorkspaceService.NewWorkspace;
import io.rookery.api.tenancy.WorkspaceService.WorkspaceChange;
import io.rookery.rest.internal.param.Checks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/** What is said of workspaces. */
public final class WorkspaceDtos {

  private WorkspaceDtos() {}

  /** A workspace; the main one has the tenant's id. */
  @Schema(name = "Workspace")
  public record WorkspaceView(
      UUID id,
      String name,
      String postalAddress,
      boolean main,
      Instant createdAt,
      Instant archivedAt,
      long version)
      implements Identified, Versioned {

    /** Shows a workspace. */
    public static WorkspaceView of(Workspace w) {
      return new WorkspaceView(
          w.id(),
          w.name(),
          w.postalAddress(),
          w.main(),
          w.createdAt(),
          w.archivedAt(),
          w.version());
    }
  }

  /** A workspace to make; its postal address is kept, while mail carries the tenant's. */
  public record WorkspaceRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, minLength = 1, maxLength = 200)
          String name,
      @Schema(minLength = 1, maxLength = 500) String postalAddress) {

    /** Returns it for the service. */
    public NewWorkspace toNew() {
      new Checks().text("/name", name).done();
      return new NewWorkspace(name, postalAddress);
    }
  }

  /** A change of a workspace; what is left out stays, an empty postal address goes. */
  public record WorkspacePatch(
      @Schema(minLength = 1, maxLength = 200) String name,
      @Schema(maxLength = 500) String postalAddress) {

    /** Returns it for the service. */
    public WorkspaceChange toChange() {
      return new WorkspaceChange(name, postalAddress);
    }
  }
}
