// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.imports;

import io.rookery.api.contacts.ImportService;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.Stretch;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists a tenant's imports, newest first. */
@Service
@Command(
    scope = "rookery",
    name = "import-list",
    description = "Lists a tenant's imports, newest first")
public final class ImportList extends TenantCommand {

  @Option(name = "--limit", description = "How many at most")
  private int limit = 100;

  @Reference(optional = true)
  private ImportService imports;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    out.list(ImportView.FIELDS, Stretch.read(limit, page -> need(imports).list(context, page)));
  }
}
