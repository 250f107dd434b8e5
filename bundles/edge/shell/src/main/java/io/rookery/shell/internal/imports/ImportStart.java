// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.imports;

import io.rookery.api.contacts.ContactData;
import io.rookery.api.contacts.ContactData.LawfulBasis;
import io.rookery.api.contacts.ImportService;
import io.rookery.api.contacts.ImportService.ImportRequest;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** Imports contacts from a CSV file on the server. */
@Service
@Command(scope = "rookery", name = "import-start", description = "Imports contacts from a CSV file")
public final class ImportStart extends TenantCommand {

  @Argument(index = 1, name = "file", required = true, description = "On the server's disk")
  @Completion(FileCompleter.class)
  private String file;

  @Option(name = "--list", description = "Id of the list that the contacts join")
  private String list;

  @Option(name = "--basis", description = "Why they may be written to, where the file is silent")
  private LawfulBasis basis;

  @Option(name = "--source", description = "Where they come from, where the file is silent")
  private String source;

  @Option(name = "--update", description = "Lets contacts that exist take the file's values")
  private boolean update;

  @Reference(optional = true)
  private ImportService imports;

  @Override
  protected void run(Output out) throws IOException {
    UUID listId = list == null ? null : Arguments.id("list", list);
    Path path = Arguments.file(session(), file);
    ContactData defaults = new ContactData(null, null, null, null, null, basis, source, null);
    String name = path.getFileName().toString();
    ImportRequest request = new ImportRequest(name, listId, Map.of(), defaults, update);
    try (InputStream csv = Files.newInputStream(path)) {
      out.show(ImportView.FIELDS, need(imports).start(context(), request, csv));
    }
  }
}
