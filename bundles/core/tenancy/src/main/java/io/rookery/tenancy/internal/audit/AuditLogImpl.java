// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit;

import io.rookery.api.audit.AuditEntry;
import io.rookery.api.audit.AuditLog;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.audit.chain.ChainStore;
import io.rookery.tenancy.internal.audit.chain.Entry;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shows tenants their audit logs. The cursor of a list is the number of the last entry shown. */
@Component
public final class AuditLogImpl implements AuditLog {

  private static final int BLOCK = 500;

  private final Transactions transactions;

  /** Shows once the tables are there. */
  @Activate
  public AuditLogImpl(
      @Reference Transactions transactions, @Reference(target = "(area=tenancy)") Schema schema) {
    this(transactions);
  }

  AuditLogImpl(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Page<AuditEntry> list(TenantContext context, Filter filter, PageRequest page) {
    long below = cursor(page.cursor());
    List<Entry> found =
        transactions.call(
            context, tx -> EntryQuery.newest(filter, below, page.limit() + 1).run(tx));
    boolean more = found.size() > page.limit();
    List<Entry> shown = more ? found.subList(0, page.limit()) : found;
    return new Page<>(
        shown.stream().map(Entry::toRecord).toList(),
        more ? Long.toString(shown.get(shown.size() - 1).seq()) : null);
  }

  private static long cursor(String text) {
    try {
      return text == null ? Long.MAX_VALUE : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new RookeryException(
          CommonErrors.INVALID_REQUEST,
          "The cursor is not one that a list of the audit log gave",
          e);
    }
  }

  @Override
  public long newest(TenantContext context) {
    return transactions.call(context, tx -> new ChainStore().end(tx).seq());
  }

  /** One block a transaction: who takes it slowly holds no connection. */
  @Override
  public long export(TenantContext context, Filter filter, Format format, OutputStream out)
      throws IOException {
    long end = newest(context);
    EntryLines lines = EntryLines.of(format);
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    writer.write(lines.header());
    long written = 0;
    long seq = 0;
    while (seq < end) {
      long from = seq;
      List<Entry> block =
          transactions.call(context, tx -> EntryQuery.oldest(filter, from, end, BLOCK).run(tx));
      for (Entry entry : block) {
        writer.write(lines.line(entry.toRecord()));
      }
      writer.flush();
      written += block.size();
      seq = block.size() < BLOCK ? end : block.get(BLOCK - 1).seq();
    }
    writer.flush();
    return written;
  }
}
