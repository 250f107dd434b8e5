// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.mailboxes;

import io.rookery.api.mailboxes.MailboxImports;
import io.rookery.api.mailboxes.MailboxImports.Result;
import io.rookery.api.mailboxes.MailboxImports.Row;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import io.rookery.shell.internal.View;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collections;
import java.util.Objects;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** Makes mailboxes of a CSV file on the server. */
@Service
@Command(
    scope = "rookery",
    name = "mailbox-import",
    description = "Makes a mailbox of each row of a CSV file; rows that are wrong are left out")
public final class MailboxImport extends TenantCommand {

  private static final View<Row> FIELDS =
      View.<Row>empty()
          .column("line", Row::line)
          .column("mailbox", Row::mailboxId)
          .column(
              "errors",
              row -> row.errors().stream().map(e -> e.pointer() + ": " + e.detail()).toList());

  @Argument(index = 1, name = "file", required = true, description = "On the server's disk")
  @Completion(FileCompleter.class)
  private String file;

  @Option(name = "--check", description = "Signs in to the new mailboxes in the background")
  private boolean check;

  @Reference(optional = true)
  private MailboxImports imports;

  @Override
  protected void run(Output out) throws IOException {
    String csv = Files.readString(Arguments.file(session(), file));
    Result result = need(imports).importCsv(context(), csv, check);
    String job = Objects.toString(result.jobId(), null);
    out.rows(FIELDS, result.rows(), Collections.singletonMap("job_id", job));
  }
}
