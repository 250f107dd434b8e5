// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.audit;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.rookery.api.audit.AuditLog;
import io.rookery.api.audit.AuditLog.Filter;
import io.rookery.api.audit.AuditLog.Format;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Writes a tenant's audit log to a new file on this host. */
@Service
@Command(
    scope = "rookery",
    name = "audit-export",
    description = "Writes a tenant's audit log to a new file on this host")
public final class AuditExport extends TenantCommand {

  @Argument(index = 1, name = "file", required = true, description = "The file, which is made")
  private String file;

  @Option(name = "--format", description = "csv or jsonl")
  private String format = "csv";

  @Reference(optional = true)
  private AuditLog audit;

  @Override
  protected void run(Output out) throws IOException {
    Format wanted = Arguments.constant("format", Format.class, format);
    TenantContext context = context();
    AuditLog log = need(audit);
    try (OutputStream stream = Files.newOutputStream(Path.of(file), CREATE_NEW, WRITE)) {
      long written = log.export(context, Filter.ALL, wanted, stream);
      out.done(written + " entries written to " + file, Map.of("entries", written, "file", file));
    } catch (FileAlreadyExistsException e) {
      throw RookeryException.invalid("/file", "There is such a file already");
    }
  }
}
