// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import io.rookery.api.campaigns.TemplateService;
import io.rookery.api.tenancy.Workspaces;
import io.rookery.campaigns.internal.content.ContentCompiler;
import io.rookery.campaigns.internal.content.ContentSource;
import io.rookery.campaigns.internal.store.TemplateStore;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps templates, none of which does not compile. */
@Component(
    service = TemplateService.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=campaigns)"))
public final class TemplateServiceImpl implements TemplateService {

  private static final int LONGEST_SUBJECT = 1000;

  private final Transactions transactions;
  private final EventLog events;
  private final Workspaces workspaces;
  private final Clock clock;
  private final ContentCompiler compiler;
  private final TemplateStore store = new TemplateStore();

  /** Makes the service. */
  @Activate
  public TemplateServiceImpl(
      @Reference Transactions transactions,
      @Reference EventLog events,
      @Reference Workspaces workspaces) {
    this(transactions, events, workspaces, Clock.systemUTC());
  }

  TemplateServiceImpl(
      Transactions transactions, EventLog events, Workspaces workspaces, Clock clock) {
    this.transactions = transactions;
    this.events = events;
    this.workspaces = workspaces;
    this.clock = clock;
    this.compiler = new ContentCompiler(clock);
  }

  @Override
  public Template create(TenantContext context, TemplateData data) {
    TemplateData checked = checked(data);
    return transactions.callOnce(
        context,
        Template.class,
        tx -> {
          Instant now = Moments.now(clock);
          TemplateData placed = checked.in(workspaces.place(tx, checked.workspaceId()));
          Template template = new Template(Uuids.next(), placed, now, now, 1);
          store.insert(tx, template);
          append(tx, "template.created", template.id(), template.version());
          return template;
        });
  }

  private TemplateData checked(TemplateData data) {
    Fields fields = new Fields();
    fields.name("/name", data.name());
    if (data.subject() == null) {
      fields.wrong("/subject", "Give a subject");
    }
    fields.line("/subject", data.subject(), LONGEST_SUBJECT);
    fields.storable("/html", data.html());
    fields.storable("/text", data.text());
    if (data.html() == null && data.text() == null) {
      fields.wrong("/html", "Give html, text or both");
    }
    if (fields.clean()) {
      fields.addAll(compiler.errors(ContentSource.of(data)));
    }
    fields.done();
    return data;
  }

  @Override
  public Template get(TenantContext context, UUID id) {
    return transactions
        .call(context, tx -> store.find(tx, id))
        .orElseThrow(() -> RookeryException.notFound("template"));
  }

  @Override
  public Page<Template> list(TenantContext context, PageRequest page) {
    UUID beyond = Cursors.read(page);
    return Cursors.page(
        transactions.call(context, tx -> store.list(tx, beyond, page.limit() + 1)),
        page,
        Template::id);
  }

  @Override
  public Template update(TenantContext context, UUID id, TemplateData data, long expectedVersion) {
    return transactions.call(
        context,
        tx -> {
          Template old =
              store.lock(tx, id).orElseThrow(() -> RookeryException.notFound("template"));
          Versions.check(expectedVersion, old.version());
          TemplateData changed = checked(merged(old.data(), data));
          if (data.workspaceId() != null) {
            workspaces.place(tx, data.workspaceId());
          }
          Template template =
              new Template(id, changed, old.createdAt(), Moments.now(clock), old.version() + 1);
          store.update(tx, template);
          append(tx, "template.updated", id, template.version());
          return template;
        });
  }

  private static TemplateData merged(TemplateData old, TemplateData change) {
    return new TemplateData(
        change.name() == null ? old.name() : change.name(),
        change.subject() == null ? old.subject() : change.subject(),
        change.html() == null ? old.html() : change.html(),
        change.text() == null ? old.text() : change.text(),
        change.workspaceId() == null ? old.workspaceId() : change.workspaceId());
  }

  @Override
  public void delete(TenantContext context, UUID id) {
    transactions.call(
        context,
        tx -> {
          Template old =
              store.lock(tx, id).orElseThrow(() -> RookeryException.notFound("template"));
          store.delete(tx, id);
          append(tx, "template.deleted", id, old.version() + 1);
          return null;
        });
  }

  private void append(Tx tx, String type, UUID id, long version) {
    events.append(tx, new NewEvent(type, id, version, Moments.now(clock), Map.of()));
  }
}
