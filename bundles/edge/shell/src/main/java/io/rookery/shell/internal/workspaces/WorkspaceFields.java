// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.workspaces;

import io.rookery.api.tenancy.Workspace;
import io.rookery.shell.internal.View;

/** How the shell shows a workspace. */
final class WorkspaceFields {

  static final View<Workspace> FIELDS =
      View.<Workspace>empty()
          .column("id", Workspace::id)
          .column("name", Workspace::name)
          .column("main", Workspace::main)
          .column("postal_address", Workspace::postalAddress)
          .column("archived_at", Workspace::archivedAt)
          .detail("created_at", Workspace::createdAt)
          .detail("version", Workspace::version);

  private WorkspaceFields() {}
}
