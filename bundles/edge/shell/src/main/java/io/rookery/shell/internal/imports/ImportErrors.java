// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.imports;

import io.rookery.api.contacts.ImportService;
import io.rookery.api.contacts.ImportService.RowError;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.Stretch;
import io.rookery.shell.internal.TenantCommand;
import io.rookery.shell.internal.View;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the rows that an import left out, in file order. */
@Service
@Command(
    scope = "rookery",
    name = "import-errors",
    description = "Lists the rows that an import left out, in file order")
public final class ImportErrors extends TenantCommand {

  private static final View<RowError> FIELDS =
      View.<RowError>empty()
          .column("line", RowError::line)
          .column("code", RowError::code)
          .column("detail", RowError::detail);

  @Argument(index = 1, name = "import", required = true, description = "The import's id")
  private String id;

  @Option(name = "--limit", description = "How many at most")
  private int limit = 100;

  @Reference(optional = true)
  private ImportService imports;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    UUID chosen = Arguments.id("import", id);
    out.list(FIELDS, Stretch.read(limit, page -> need(imports).errors(context, chosen, page)));
  }
}
