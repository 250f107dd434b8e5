// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.imports;

import io.rookery.api.contacts.ImportService;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Stops an import; what is imported stays. */
@Service
@Command(
    scope = "rookery",
    name = "import-cancel",
    description = "Stops an import; what is imported stays")
public final class ImportCancel extends TenantCommand {

  @Argument(index = 1, name = "import", required = true, description = "The import's id")
  private String id;

  @Reference(optional = true)
  private ImportService imports;

  @Override
  protected void run(Output out) {
    out.show(ImportView.FIELDS, need(imports).cancel(context(), Arguments.id("import", id)));
  }
}
