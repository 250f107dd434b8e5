// SPDX-License-Identifier: Apache-2.0
package io.rookery.quickstart.internal;

import io.rookery.api.campaigns.Campaign;
import io.rookery.api.campaigns.CampaignData;
import io.rookery.api.contacts.ContactData;
import io.rookery.api.contacts.ContactListService.ContactList;
import io.rookery.api.contacts.ImportService.ContactImport;
import io.rookery.api.contacts.ImportService.ImportRequest;
import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.api.people.UserService.NewUser;
import io.rookery.api.sending.SendingService.Progress;
import io.rookery.api.tenancy.ApiKey;
import io.rookery.api.tenancy.ApiKeyService.NewApiKey;
import io.rookery.api.tenancy.Scope;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService.NewTenant;
import io.rookery.kernel.Actor;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The quick start itself. May be run again on the same data: it takes up what it finds. */
final class Demo {

  private static final String KEY = "Quick start";
  private static final String SANDBOX = "sandbox";
  private static final Actor ACTOR = new Actor(Actor.Kind.OPERATOR, "quickstart");
  private static final PageRequest MANY = new PageRequest(500, null);

  private final DemoServices services;
  private final DemoFiles files;
  private final Console console;

  Demo(DemoServices services, Path folder, Console console) {
    this.services = services;
    this.files = new DemoFiles(folder);
    this.console = console;
  }

  void run(Address address) throws IOException, InterruptedException {
    address.awaitReady();
    TenantContext context = TenantContext.of(tenant().id(), ACTOR);
    String key = key(context);
    NewUser owner = new DemoOwner(services).renew(context);
    UUID list = imported(context);
    Campaign campaign = started(context, list, mailbox(context));
    Progress end = awaited(context, campaign.id());
    console.line(
        "Sign in as %s with the password %s".formatted(owner.email(), owner.password().reveal()));
    console.line("Rookery is ready: " + address.root());
    console.line("API key: " + key);
    console.line(
        "Campaign: %d planned, %d sent, %d failed, %d suppressed"
            .formatted(end.planned(), end.sent(), end.failed(), end.suppressed()));
  }

  private Tenant tenant() {
    TenantContext operator = services.tenants.operator(ACTOR);
    return services
        .tenants
        .find(operator, "demo")
        .orElseGet(
            () ->
                services.tenants.create(
                    operator,
                    new NewTenant(
                        "Heronry Books", "demo", "1 Rookery Lane, Example Town, EX1 2MP")));
  }

  /** Keys are shown once, so each run makes its own and ends those of the runs before. */
  private String key(TenantContext context) {
    for (ApiKey old : services.keys.list(context, MANY).items()) {
      if (old.name().equals(KEY) && old.revokedAt() == null) {
        services.keys.revoke(context, old.id());
      }
    }
    Set<Scope> all = EnumSet.allOf(Scope.class);
    NewApiKey wanted = new NewApiKey(KEY, all, TenantContext.Mode.LIVE, null);
    return services.keys.create(context, wanted, all).secret().reveal();
  }

  private UUID imported(TenantContext context) throws IOException, InterruptedException {
    ContactList list =
        services.lists.list(context, MANY).items().stream()
            .filter(found -> found.name().equals("Readers"))
            .findFirst()
            .orElseGet(() -> services.lists.create(context, "Readers"));
    ContactData defaults = new ContactData(null, null, null, null, null, null, "Quick start", null);
    ImportRequest request = new ImportRequest("contacts.csv", list.id(), Map.of(), defaults, true);
    ContactImport running;
    try (InputStream csv = files.contacts()) {
      running = services.imports.start(context, request, csv);
    }
    long shown = -1;
    while (running.finishedAt() == null) {
      TimeUnit.MILLISECONDS.sleep(200);
      running = services.imports.get(context, running.id());
      if (running.counts().rows() != shown) {
        shown = running.counts().rows();
        console.line("Importing contacts: %d rows read".formatted(shown));
      }
    }
    console.line(
        "Imported: %d new, %d updated, %d unchanged, %d duplicates, %d rejected"
            .formatted(
                running.counts().created(),
                running.counts().updated(),
                running.counts().unchanged(),
                running.counts().duplicates(),
                running.counts().rejected()));
    return list.id();
  }

  private UUID mailbox(TenantContext context) throws InterruptedException {
    while (services.backends.find(SANDBOX).isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
    return services.mailboxes.list(context, MANY).items().stream()
        .filter(found -> found.backend().equals(SANDBOX))
        .map(Mailbox::id)
        .findFirst()
        .orElseGet(() -> services.mailboxes.create(context, newMailbox()).id());
  }

  private static MailboxData newMailbox() {
    return new MailboxData(
        "hello@heronry.example", "Heronry Books", SANDBOX, Map.of(), Map.of(), 100_000, 0L, null);
  }

  private Campaign started(TenantContext context, UUID list, UUID mailbox) throws IOException {
    DemoFiles.Plan plan = files.plan();
    UUID template =
        services.templates.list(context, MANY).items().stream()
            .filter(found -> found.data().name().equals(plan.template().name()))
            .map(found -> found.id())
            .findFirst()
            .orElseGet(() -> services.templates.create(context, plan.template().data()).id());
    CampaignData data =
        new CampaignData(
            plan.campaign().name() + ", " + Instant.now(),
            template,
            List.of(list),
            List.of(mailbox),
            null,
            null,
            CampaignData.Category.COMMERCIAL,
            true,
            true,
            null);
    Campaign draft = services.campaigns.create(context, data);
    return services.campaigns.start(context, draft.id());
  }

  private Progress awaited(TenantContext context, UUID campaign) throws InterruptedException {
    long shown = -1;
    while (services.campaigns.get(context, campaign).state() != Campaign.State.COMPLETED) {
      Progress now = services.sending.progress(context, campaign);
      if (now.sent() != shown) {
        shown = now.sent();
        console.line("Sending: %d of %d".formatted(shown, now.planned()));
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    return services.sending.progress(context, campaign);
  }
}
