// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.workspace;

import io.rookery.api.tenancy.Workspace;
import io.rookery.api.tenancy.WorkspaceService.NewWorkspace;
import io.rookery.api.tenancy.WorkspaceService.WorkspaceChange;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import java.util.ArrayList;
import java.util.List;

/** What the fields of a workspace may hold. */
final class WorkspaceRules {

  private static final int NAME = 200;
  private static final int ADDRESS = 500;

  private final List<FieldError> errors = new ArrayList<>();

  private WorkspaceRules() {}

  static NewWorkspace check(NewWorkspace wanted) {
    WorkspaceRules rules = new WorkspaceRules();
    String name = rules.text("/name", wanted.name() == null ? "" : wanted.name(), NAME);
    String address = rules.text("/postal_address", wanted.postalAddress(), ADDRESS);
    rules.end();
    return new NewWorkspace(name, address);
  }

  /** Returns a workspace as it is to be, of the same version. */
  static Workspace changed(Workspace old, WorkspaceChange change) {
    WorkspaceRules rules = new WorkspaceRules();
    boolean none = change.postalAddress() != null && change.postalAddress().isBlank();
    String name = rules.text("/name", change.name(), NAME);
    String address = none ? null : rules.text("/postal_address", change.postalAddress(), ADDRESS);
    if (old.main() && address != null) {
      rules.errors.add(
          new FieldError(
              "/postal_address",
              "The main workspace sends as the tenant; change the tenant's address"));
    }
    rules.end();
    return new Workspace(
        old.id(),
        name == null ? old.name() : name,
        none ? null : address == null ? old.postalAddress() : address,
        old.main(),
        old.createdAt(),
        old.archivedAt(),
        old.version());
  }

  /** Lines of an address are kept; other control characters have no business in either. */
  private String text(String pointer, String value, int longest) {
    if (value == null) {
      return null;
    }
    String text = value.strip();
    boolean control =
        text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r');
    if (text.isEmpty() || text.length() > longest || control) {
      errors.add(new FieldError(pointer, "Give 1 to " + longest + " printable characters"));
    }
    return text;
  }

  private void end() {
    if (!errors.isEmpty()) {
      throw RookeryException.invalid(errors);
    }
  }
}
