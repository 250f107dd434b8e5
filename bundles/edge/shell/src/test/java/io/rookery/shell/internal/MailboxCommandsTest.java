// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.api.mailboxes.MailboxConsents;
import io.rookery.api.mailboxes.MailboxConsents.Started;
import io.rookery.api.mailboxes.MailboxImports;
import io.rookery.api.mailboxes.MailboxImports.Result;
import io.rookery.api.mailboxes.MailboxImports.Row;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.mailboxes.MailboxConnect;
import io.rookery.shell.internal.mailboxes.MailboxImport;
import io.rookery.shell.internal.mailboxes.OAuthSecret;
import io.rookery.spi.plugin.Secret;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailboxCommandsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID OPERATOR = new UUID(0, 1);
  private static final UUID ACME = new UUID(0, 2);
  private static final UUID THING = new UUID(0, 7);

  @TempDir Path directory;

  private final AtomicReference<Object> seen = new AtomicReference<>();
  private final TenantService tenants =
      Fake.of(TenantService.class)
          .on("operator", it -> TenantContext.of(OPERATOR, (Actor) it[0]))
          .on(
              "find",
              it ->
                  Optional.of(
                      new Tenant(ACME, "acme", "Acme", null, Tenant.Status.ACTIVE, 1, NOON, 1)))
          .service();

  @Test
  void mailboxImportShouldTellOfEachRowAndOfNoCell() throws Exception {
    Path csv = directory.resolve("mailboxes.csv");
    Files.writeString(csv, "address,password\na@example.com,hunter2\n");
    MailboxImports imports =
        Fake.of(MailboxImports.class)
            .on(
                "importCsv",
                it -> {
                  seen.set(List.of(it[1], it[2]));
                  FieldError error =
                      new FieldError("/lines/2/backend", "A mailbox needs a backend");
                  return new Result(List.of(new Row(2, null, List.of(error))), null);
                })
            .service();

    String shown =
        shell(tenants, imports).run(MailboxImport.class, "--check", "acme", csv.toString());

    assertThat(shown)
        .contains("/lines/2/backend: A mailbox needs")
        .doesNotContain("hunter2", "Job id");
    assertThat(seen.get()).isEqualTo(List.of(Files.readString(csv), true));
  }

  /** Without its id nobody finds out which mailboxes could not be signed in to. */
  @Test
  void mailboxImportShouldNameTheJobThatChecks() throws Exception {
    Path csv = directory.resolve("mailboxes.csv");
    Files.writeString(csv, "address,backend\na@example.com,sandbox\n");
    UUID job = new UUID(0, 9);
    MailboxImports imports =
        Fake.of(MailboxImports.class)
            .on(
                "importCsv",
                it ->
                    new Result(
                        List.of(new Row(2, THING, List.of())), it[2].equals(true) ? job : null))
            .service();
    Shell shell = shell(tenants, imports);

    assertThat(shell.run(MailboxImport.class, "--check", "acme", csv.toString()))
        .contains(THING.toString(), "Job id: " + job);
    JsonNode json = shell.json(MailboxImport.class, "--check", "acme", csv.toString());
    assertThat(json.path("job_id").asText()).isEqualTo(job.toString());
    assertThat(json.at("/rows/0/mailbox").asText()).isEqualTo(THING.toString());
    JsonNode unchecked = shell.json(MailboxImport.class, "acme", csv.toString());
    assertThat(unchecked.path("job_id").isNull()).isTrue();
  }

  @Test
  void mailboxConnectShouldShowTheAddress() throws Exception {
    URI page = URI.create("https://provider.example/authorize?state=x");
    MailboxConsents consents =
        Fake.of(MailboxConsents.class).on("start", it -> new Started(THING, page, NOON)).service();

    Shell shell = shell(tenants, consents);

    assertThat(shell.run(MailboxConnect.class, "acme", THING.toString(), "google"))
        .contains(page.toString(), NOON.toString());
    assertThat(
            shell
                .json(MailboxConnect.class, "acme", THING.toString(), "google")
                .get("authorization_url")
                .asText())
        .isEqualTo(page.toString());
  }

  @Test
  void oauthSecretShouldTakeTheSecretFromAFileAndNotShowIt() throws Exception {
    Path file = directory.resolve("secret");
    Files.writeString(file, "cl1ent\n");
    MailboxConsents consents =
        Fake.of(MailboxConsents.class)
            .on(
                "keepClientSecret",
                it -> {
                  seen.set(List.of(it[1], it[2]));
                  return null;
                })
            .service();
    Shell shell = shell(tenants, consents);

    assertThat(shell.run(OAuthSecret.class, "--file", file.toString(), "google"))
        .contains("kept")
        .doesNotContain("cl1ent");
    assertThat(seen.get()).isEqualTo(List.of("google", Secret.of("cl1ent")));
    Files.writeString(file, "\n");
    assertThatThrownBy(() -> shell.run(OAuthSecret.class, "--file", file.toString(), "google"))
        .hasMessageContaining("one line that is not empty");
  }

  private Shell shell(Object... services) {
    return new Shell(directory, services);
  }
}
