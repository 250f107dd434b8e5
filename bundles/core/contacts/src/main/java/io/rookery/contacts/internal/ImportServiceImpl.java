// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal;

import io.rookery.api.contacts.ImportService;
import io.rookery.contacts.internal.imports.ImportStore;
import io.rookery.contacts.internal.imports.Uploads;
import io.rookery.contacts.internal.store.Cursors;
import io.rookery.contacts.internal.store.ListStore;
import io.rookery.jobs.JobService;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Clock;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Takes files of contacts and shows what came of them. */
@Component(
    configurationPid = "io.rookery.contacts",
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=contacts)"))
@Designate(ocd = ImportConfiguration.class)
public final class ImportServiceImpl implements ImportService {

  private static final char CURSOR = 'i';
  private static final char ERROR_CURSOR = 'e';
  private final Transactions transactions;
  private final JobService jobs;
  private final Uploads uploads;
  private final ImportStore store = new ImportStore();
  private final ListStore lists = new ListStore();

  /** Made by the container once the tables are there. */
  @Activate
  public ImportServiceImpl(
      @Reference Transactions transactions,
      @Reference JobService jobs,
      ImportConfiguration configuration) {
    this(transactions, jobs, Clock.systemUTC(), configuration.max_bytes());
  }

  ImportServiceImpl(Transactions transactions, JobService jobs, Clock clock, long mostBytes) {
    this.transactions = transactions;
    this.jobs = jobs;
    this.uploads = new Uploads(transactions, jobs, clock, mostBytes);
  }

  @Override
  public ContactImport start(TenantContext context, ImportRequest request, InputStream csv)
      throws IOException {
    if (context.restricted() && request.updateExisting()) {
      throw new RookeryException(
          CommonErrors.FORBIDDEN,
          "Contacts are the whole tenant's; you may add to them and not change those that exist");
    }
    check(request);
    return uploads.take(context, workspace(context, request), request, csv);
  }

  /** Returns the workspace of an import, which is its list's. */
  private UUID workspace(TenantContext context, ImportRequest request) {
    if (request.listId() != null) {
      return transactions
          .call(context, tx -> lists.workspace(tx, request.listId()))
          .orElseThrow(() -> RookeryException.invalid("/list_id", "There is no such list"));
    }
    if (context.restricted()) {
      throw RookeryException.invalid("/list_id", "Say which list the contacts join");
    }
    return context.tenantId();
  }

  private static void check(ImportRequest request) {
    String name = request.fileName();
    if (name == null
        || name.isBlank()
        || name.length() > 255
        || ContactValidation.hasControl(name)) {
      throw RookeryException.invalid("/file_name", "A file's name has 1 to 255 characters");
    }
    if (request.defaults() != null) {
      ContactValidation.check(request.defaults(), "/defaults", false);
      if (request.defaults().email() != null) {
        throw RookeryException.invalid("/defaults/email", "An address cannot be a default");
      }
    }
  }

  @Override
  public ContactImport get(TenantContext context, UUID id) {
    return transactions.call(context, tx -> found(tx, id));
  }

  private ContactImport found(Tx tx, UUID id) throws SQLException {
    return store.find(tx, id).orElseThrow(() -> RookeryException.notFound("import"));
  }

  @Override
  public Page<ContactImport> list(TenantContext context, PageRequest page) {
    UUID beyond = Cursors.id(page, CURSOR);
    return Cursors.page(
        transactions.call(context, tx -> store.list(tx, beyond, page.limit() + 1)),
        page,
        CURSOR,
        ContactImport::id);
  }

  @Override
  public ContactImport cancel(TenantContext context, UUID id) {
    return transactions.callOnce(
        context,
        ContactImport.class,
        tx -> {
          jobs.cancel(tx, found(tx, id).jobId());
          return found(tx, id);
        });
  }

  @Override
  public Page<RowError> errors(TenantContext context, UUID id, PageRequest page) {
    long beyond = Cursors.number(page, ERROR_CURSOR);
    get(context, id);
    return Cursors.numbered(
        transactions.call(context, tx -> store.errors(tx, id, beyond, page.limit() + 1)),
        page,
        ERROR_CURSOR,
        RowError::line);
  }
}
