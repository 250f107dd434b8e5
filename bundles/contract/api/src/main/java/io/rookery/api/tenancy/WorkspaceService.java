// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.tenancy;

import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The workspaces of a tenant. A context that is {@linkplain TenantContext#restricted() restricted}
 * sees its own alone. Thread-safe.
 */
@ProviderType
public interface WorkspaceService {

  /**
   * Makes a workspace; at most once per idempotency key of the context. Leaves {@code
   * workspace.created} in the log.
   *
   * @throws io.rookery.kernel.RookeryException {@code validation_failed}; {@code conflict} where
   *     another one has the name; {@code plan_limit_reached} where the tenant has as many as its
   *     plan gives, the main one counted and archived ones not
   */
  Workspace create(TenantContext context, NewWorkspace workspace);

  /** Returns the tenant's workspaces, archived ones too, oldest first. */
  Page<Workspace> list(TenantContext context, PageRequest page);

  /** Returns one workspace of the tenant. */
  Workspace get(TenantContext context, UUID id);

  /**
   * Changes a workspace; null fields stay as they are. Leaves {@code workspace.updated} in the log
   * where anything changed.
   *
   * @param version the version that it must have, or 0 for any
   * @throws io.rookery.kernel.RookeryException {@code not_found}; {@code precondition_failed};
   *     {@code validation_failed}, also for a postal address of the main workspace, whose sender is
   *     the tenant; {@code conflict} where another one has the name; {@code wrong_state} where it
   *     is archived
   */
  Workspace update(TenantContext context, UUID id, WorkspaceChange change, long version);

  /**
   * Archives a workspace: what is in it stays and can be read, and nothing new can be put into it.
   * Leaves {@code workspace.archived} in the log. Repeating changes nothing; at most once per
   * idempotency key of the context.
   *
   * @throws io.rookery.kernel.RookeryException {@code not_found}; {@code wrong_state} for the main
   *     workspace and where somebody who {@linkplain WorkspaceUse uses} it objects
   */
  Workspace archive(TenantContext context, UUID id);

  /**
   * What a new workspace shall be.
   *
   * @param postalAddress the address that its commercial mail shows, or null for the tenant's
   */
  record NewWorkspace(String name, String postalAddress) {}

  /**
   * What may be changed; null stays.
   *
   * @param postalAddress empty to have the tenant's again
   */
  record WorkspaceChange(String name, String postalAddress) {}
}
