// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.api.tenancy.Workspaces;

/** Workspaces of which there is each that is asked for. */
public final class TestWorkspaces {

  public static final Workspaces OPEN =
      (tx, wanted) -> wanted == null ? tx.context().tenantId() : wanted;

  private TestWorkspaces() {}
}
