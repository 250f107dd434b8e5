// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.api.campaigns.Campaign;
import io.rookery.api.campaigns.CampaignData;
import io.rookery.api.campaigns.CampaignService;
import io.rookery.api.contacts.ImportService;
import io.rookery.api.contacts.ImportService.ContactImport;
import io.rookery.api.contacts.ImportService.Counts;
import io.rookery.api.contacts.ImportService.ImportRequest;
import io.rookery.api.mailboxes.BackendDirectory;
import io.rookery.api.mailboxes.BackendDirectory.Backend;
import io.rookery.api.monitoring.HealthCheck;
import io.rookery.api.monitoring.HealthCheck.Health;
import io.rookery.api.sending.SendingService;
import io.rookery.api.sending.SendingService.Progress;
import io.rookery.api.tenancy.ApiKey;
import io.rookery.api.tenancy.ApiKeyService;
import io.rookery.api.tenancy.ApiKeyService.CreatedKey;
import io.rookery.api.tenancy.ApiKeyService.NewApiKey;
import io.rookery.api.tenancy.KeyUsage;
import io.rookery.api.tenancy.Scope;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.api.tenancy.TenantService.NewTenant;
import io.rookery.kernel.Actor;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.shell.internal.backends.BackendList;
import io.rookery.shell.internal.campaigns.CampaignCompleter;
import io.rookery.shell.internal.campaigns.CampaignShow;
import io.rookery.shell.internal.imports.ImportStart;
import io.rookery.shell.internal.keys.ApiKeyCreate;
import io.rookery.shell.internal.keys.ApiKeyUsage;
import io.rookery.shell.internal.node.NodeStatus;
import io.rookery.shell.internal.tenants.TenantCreate;
import io.rookery.shell.internal.tenants.TenantList;
import io.rookery.shell.internal.tenants.TenantShow;
import io.rookery.spi.mail.Capability;
import io.rookery.spi.plugin.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID OPERATOR = new UUID(0, 1);
  private static final Tenant ACME = tenant(2, "acme");
  private static final UUID THING = new UUID(0, 7);

  @TempDir Path directory;

  private final AtomicReference<Object> seen = new AtomicReference<>();

  private final TenantService tenants =
      Fake.of(TenantService.class)
          .on("operator", it -> TenantContext.of(OPERATOR, (Actor) it[0]))
          .on("find", it -> Optional.of(ACME).filter(found -> found.slug().equals(it[1])))
          .on("get", it -> ACME)
          .on("list", it -> page((PageRequest) it[1]))
          .on("create", it -> created((NewTenant) it[1]))
          .service();

  @Test
  void tenantListShouldShowATableThroughAllPages() throws Exception {
    String shown = shell(tenants).run(TenantList.class);

    assertThat(shown.lines().findFirst().orElseThrow()).contains("Id", "Slug", "Name", "Status");
    assertThat(shown).contains("acme", "beta").contains("active").doesNotContain("There are more");
  }

  @Test
  void tenantListShouldTellWhenThereAreMore() throws Exception {
    String shown = shell(tenants).run(TenantList.class, "--limit", "1");

    assertThat(shown).contains("acme", "There are more").doesNotContain("beta");
  }

  @Test
  void tenantListShouldPrintOneArrayAsJson() throws Exception {
    JsonNode json = shell(tenants).json(TenantList.class);

    assertThat(json).hasSize(2);
    assertThat(json.get(0).get("id").asText()).isEqualTo(ACME.id().toString());
    assertThat(json.get(0).get("status").asText()).isEqualTo("active");
    assertThat(json.get(0).get("created_at").asText()).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(json.get(0).get("postal_address").isNull()).isTrue();
  }

  @Test
  void tenantListShouldRefuseALimitOfNothing() {
    assertThatThrownBy(() -> shell(tenants).run(TenantList.class, "--limit", "0"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("--limit");
  }

  @Test
  void tenantCreateShouldHandOverWhatWasTyped() throws Exception {
    JsonNode json =
        shell(tenants).json(TenantCreate.class, "--slug", "acme", "--address", "1 Way", "Acme Inc");

    assertThat(seen.get()).isEqualTo(new NewTenant("Acme Inc", "acme", "1 Way"));
    assertThat(json.get("slug").asText()).isEqualTo("acme");
  }

  @Test
  void tenantShowShouldListEveryField() throws Exception {
    assertThat(shell(tenants).run(TenantShow.class, "acme")).contains("Postal address", "Weight");
  }

  @Test
  void unknownTenantShouldBeSaidInPlainWords() {
    assertThatThrownBy(() -> shell(tenants).run(TenantShow.class, "nobody"))
        .isInstanceOf(CommandException.class)
        .hasMessage("Error: There is no such tenant: nobody")
        .hasNoCause();
  }

  @Test
  void fieldErrorsShouldBeListed() {
    TenantService picky =
        Fake.of(TenantService.class)
            .on("operator", it -> TenantContext.of(OPERATOR, (Actor) it[0]))
            .on("create", it -> refuse())
            .service();

    assertThatThrownBy(() -> shell(picky).run(TenantCreate.class, "--slug", "A", ""))
        .hasMessageContaining("Error: 2 fields of the request are wrong")
        .hasMessageContaining("  slug: too short")
        .hasMessageContaining("  lists.3: unknown");
  }

  @Test
  void missingServiceShouldBeSaidInPlainWords() {
    assertThatThrownBy(() -> shell().run(TenantList.class))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("is not running")
        .hasMessageContaining("Try again in 5 s");
  }

  @Test
  void callsShouldNameTheShellsUser() throws Exception {
    AtomicReference<Actor> actor = new AtomicReference<>();
    TenantService service =
        Fake.of(TenantService.class)
            .on("operator", it -> TenantContext.of(OPERATOR, remember(actor, (Actor) it[0])))
            .on("list", it -> new Page<>(List.of(), null))
            .service();

    String shown = shell(service).run(TenantList.class);

    assertThat(actor.get()).isEqualTo(new Actor(Actor.Kind.OPERATOR, "ada"));
    assertThat(shown).contains("There are none");
  }

  @Test
  void apiKeyCreateShouldBindAKeyToAddresses() throws Exception {
    JsonNode json =
        shell(tenants, keys())
            .json(ApiKeyCreate.class, "--name", "ci", "--from", "10.0.0.0/8, ::1", "acme");
    assertThat(json.path("addresses").toString()).isEqualTo("[\"10.0.0.0/8\",\"::1\"]");
    shell(tenants, keys()).run(ApiKeyCreate.class, "--name", "ci", "--expires", "1h", "acme");
    assertThat(((NewApiKey) seen.get()).addresses()).isEmpty();
    assertThat(((NewApiKey) seen.get()).expiresAt())
        .isBetween(Instant.now().plusSeconds(3500), Instant.now().plusSeconds(3600));
  }

  @Test
  void apiKeyUsageShouldShowDaysOrOperations() throws Exception {
    KeyUsage usage =
        new KeyUsage(
            List.of(new KeyUsage.Day(LocalDate.of(2026, 11, 23), 7)),
            List.of(new KeyUsage.Operation("listContacts", 5)));
    ApiKeyService service = Fake.of(ApiKeyService.class).on("usage", it -> usage).service();
    assertThat(shell(tenants, service).run(ApiKeyUsage.class, "acme", THING.toString()))
        .contains("2026-11-23", "7");
    assertThat(
            shell(tenants, service)
                .run(ApiKeyUsage.class, "--operations", "acme", THING.toString()))
        .contains("listContacts", "5")
        .doesNotContain("2026-11-23");
  }

  @Test
  void apiKeyCreateShouldShowTheKeyOnce() throws Exception {
    JsonNode json = shell(tenants, keys()).json(ApiKeyCreate.class, "--name", "ci", "acme");

    assertThat(json.get("key").asText()).isEqualTo("rk_live_secret");
    assertThat(((NewApiKey) seen.get()).scopes()).containsExactlyInAnyOrder(Scope.values());
    assertThat(((NewApiKey) seen.get()).mode()).isEqualTo(Mode.LIVE);
  }

  @Test
  void apiKeyCreateShouldLeaveLiveScopesOutOfATestKey() throws Exception {
    shell(tenants, keys()).run(ApiKeyCreate.class, "--name", "ci", "--test", "acme");

    assertThat(((NewApiKey) seen.get()).mode()).isEqualTo(Mode.TEST);
    assertThat(((NewApiKey) seen.get()).scopes())
        .contains(Scope.CAMPAIGNS)
        .doesNotContain(Scope.SECRETS, Scope.BILLING_READ);
  }

  @Test
  void apiKeyCreateShouldReadScopes() throws Exception {
    Shell shell = shell(tenants, keys());
    shell.run(ApiKeyCreate.class, "--name", "ci", "--scopes", "contacts, mail:send", "acme");

    assertThat(((NewApiKey) seen.get()).scopes())
        .containsExactlyInAnyOrder(Scope.CONTACTS, Scope.MAIL_SEND);
    assertThatThrownBy(
            () -> shell.run(ApiKeyCreate.class, "--name", "ci", "--scopes", "everything", "acme"))
        .hasMessage("Error: scopes: There is no scope everything");
  }

  @Test
  void campaignShowShouldShowProgress() throws Exception {
    SendingService sending =
        Fake.of(SendingService.class)
            .on("progress", it -> new Progress(10, 4, 5, 1, 0, 0, 0, true))
            .service();

    JsonNode json =
        shell(tenants, campaigns(), sending).json(CampaignShow.class, "acme", THING.toString());

    assertThat(json.get("name").asText()).isEqualTo("Spring");
    assertThat(json.get("state").asText()).isEqualTo("running");
    assertThat(json.get("sent").asInt()).isEqualTo(5);
    assertThat(json.get("planning").asBoolean()).isTrue();
  }

  @Test
  void campaignShowShouldDoWithoutTheSendingLine() throws Exception {
    JsonNode json = shell(tenants, campaigns()).json(CampaignShow.class, "acme", THING.toString());

    assertThat(json.get("sent").isNull()).isTrue();
  }

  @Test
  void wrongIdShouldBeSaidInPlainWords() {
    assertThatThrownBy(() -> shell(tenants, campaigns()).run(CampaignShow.class, "acme", "first"))
        .hasMessage("Error: first is not the id of a campaign");
  }

  @Test
  void backendListShouldNameCapabilities() throws Exception {
    BackendDirectory backends =
        Fake.of(BackendDirectory.class)
            .on("list", it -> List.of(backend("smtp"), backend("sandbox")))
            .service();

    String shown = shell(backends).run(BackendList.class);
    JsonNode json = shell(backends).json(BackendList.class, "--name", "smtp");

    assertThat(shown).contains("smtp", "sandbox", "raw_mime");
    assertThat(json).hasSize(1);
    assertThat(json.get(0).get("capabilities").get(0).asText()).isEqualTo("raw_mime");
  }

  @Test
  void importStartShouldReadTheFile() throws Exception {
    Files.writeString(directory.resolve("people.csv"), "email\n");
    ImportService imports =
        Fake.of(ImportService.class)
            .on("start", it -> imported((ImportRequest) remember(seen, it[1])))
            .service();
    Shell shell = shell(tenants, imports);

    JsonNode json =
        shell.json(
            ImportStart.class,
            "--list",
            THING.toString(),
            "--basis",
            "CONSENT",
            "acme",
            "people.csv");

    assertThat(json.get("state").asText()).isEqualTo("queued");
    assertThat(((ImportRequest) seen.get()).listId()).isEqualTo(THING);
    assertThat(((ImportRequest) seen.get()).defaults().lawfulBasis()).hasToString("CONSENT");
    assertThatThrownBy(() -> shell.run(ImportStart.class, "acme", "none.csv"))
        .hasMessageContaining("There is no file");
  }

  @Test
  void nodeStatusShouldWorkWhileNothingElseDoes() throws Exception {
    HealthCheck check =
        Fake.of(HealthCheck.class)
            .on("name", it -> "database")
            .on("check", it -> new Health(false, "no connection"))
            .service();

    JsonNode json = shell(check).json(NodeStatus.class);

    assertThat(json.get("node_id").isNull()).isTrue();
    assertThat(json.get("ready").asBoolean()).isFalse();
    assertThat(json.at("/checks/database/detail").asText()).isEqualTo("no connection");
    assertThat(shell(check).run(NodeStatus.class)).contains("Checks database", "no connection");
  }

  @Test
  void completersShouldOfferSlugsAndTheCampaignsOfTheTenantTyped() throws Exception {
    CampaignService campaigns =
        Fake.of(CampaignService.class)
            .on("list", it -> new Page<>(List.of(campaign()), null))
            .service();
    Shell shell = shell(tenants, campaigns);

    assertThat(shell.complete(TenantCompleter.class, "rookery:campaign-show", "a"))
        .containsExactly("acme");
    assertThat(shell.complete(CampaignCompleter.class, "rookery:campaign-show", "acme", ""))
        .containsExactly(THING.toString());
    assertThat(shell.complete(CampaignCompleter.class, "rookery:campaign-show", "nobody", ""))
        .isEmpty();
  }

  private Shell shell(Object... services) {
    return new Shell(directory, services);
  }

  private Page<Tenant> page(PageRequest request) {
    return request.cursor() == null
        ? new Page<>(List.of(ACME), "next")
        : new Page<>(List.of(tenant(3, "beta")), null);
  }

  private Tenant created(NewTenant wanted) {
    seen.set(wanted);
    return ACME;
  }

  private static Tenant refuse() {
    throw RookeryException.invalid(
        List.of(new FieldError("/slug", "too short"), new FieldError("/lists/3", "unknown")));
  }

  private static <T> T remember(AtomicReference<? super T> memory, T value) {
    memory.set(value);
    return value;
  }

  private ApiKeyService keys() {
    return Fake.of(ApiKeyService.class)
        .on("create", it -> created((NewApiKey) remember(seen, it[1])))
        .service();
  }

  private static CreatedKey created(NewApiKey wanted) {
    ApiKey key =
        new ApiKey(
            THING,
            wanted.name(),
            wanted.scopes(),
            wanted.addresses(),
            wanted.mode(),
            "cret",
            NOON,
            wanted.expiresAt(),
            null,
            null);
    return new CreatedKey(key, Secret.of("rk_live_secret"));
  }

  private static CampaignService campaigns() {
    return Fake.of(CampaignService.class).on("get", it -> campaign()).service();
  }

  private static Campaign campaign() {
    CampaignData data =
        new CampaignData("Spring", THING, List.of(), List.of(), null, null, null, true, true, null);
    return new Campaign(THING, data, Campaign.State.RUNNING, Mode.LIVE, null, NOON, NOON, null, 3);
  }

  private static Backend backend(String name) {
    return new Backend(name, "1.0.0", Set.of(Capability.RAW_MIME), List.of());
  }

  private static ContactImport imported(ImportRequest request) {
    return new ContactImport(
        THING,
        THING,
        request.fileName(),
        ContactImport.State.QUEUED,
        new Counts(0, 0, 0, 0, 0, 0),
        List.of(),
        null,
        NOON,
        null);
  }

  private static Tenant tenant(int id, String slug) {
    return new Tenant(new UUID(0, id), slug, "A " + slug, null, Tenant.Status.ACTIVE, 1, NOON, 1);
  }
}
