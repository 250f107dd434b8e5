// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.api.audit.AuditEntry;
import io.rookery.api.audit.AuditEntry.Outcome;
import io.rookery.api.audit.AuditLog;
import io.rookery.api.audit.AuditVerification;
import io.rookery.api.audit.AuditVerification.Finding;
import io.rookery.api.audit.AuditVerification.Kind;
import io.rookery.api.audit.AuditVerification.Report;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.Page;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.audit.AuditExport;
import io.rookery.shell.internal.audit.AuditList;
import io.rookery.shell.internal.audit.AuditVerify;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Tenant ACME =
      new Tenant(new UUID(0, 2), "acme", "Acme", null, Tenant.Status.ACTIVE, 1, NOON, 1);

  @TempDir Path directory;

  private final AtomicReference<Object[]> seen = new AtomicReference<>();
  private final TenantService tenants =
      Fake.of(TenantService.class)
          .on("operator", it -> TenantContext.of(new UUID(0, 1), (Actor) it[0]))
          .on("find", it -> Optional.of(ACME))
          .service();

  private final AuditLog audit =
      Fake.of(AuditLog.class)
          .on("list", this::list)
          .on("export", AuditCommandsTest::export)
          .service();

  private Object list(Object[] arguments) {
    seen.set(arguments);
    AuditEntry entry =
        new AuditEntry(
            7,
            new UUID(0, 3),
            "api_key.created",
            new UUID(0, 4),
            1,
            NOON,
            NOON,
            "operator:karaf",
            "request",
            "shell",
            Outcome.DONE,
            "{}",
            "ab");
    return new Page<>(List.of(entry), null);
  }

  private static Object export(Object[] arguments) {
    try {
      ((OutputStream) arguments[3]).write('x');
      return 1L;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private AuditVerification verification(Finding... findings) {
    return Fake.of(AuditVerification.class)
        .on(
            "verify",
            it -> {
              seen.set(it);
              return new Report(1, 10, 2, 0, List.of(findings));
            })
        .service();
  }

  private Shell shell(Object... services) {
    return new Shell(directory, services);
  }

  @Test
  void aListShouldTellWhoDidWhatFromWhere() throws Exception {
    String shown = shell(tenants, audit).run(AuditList.class, "--outcome", "done", "acme");

    assertThat(shown).contains("7", "api_key.created", "operator:karaf", "shell", "done");
    assertThat(((AuditLog.Filter) seen.get()[1]).outcome()).isEqualTo(Outcome.DONE);
    assertThat(((TenantContext) seen.get()[0]).tenantId()).isEqualTo(ACME.id());
  }

  @Test
  void anExportShouldNeverWriteOverAFile() throws Exception {
    Path file = directory.resolve("audit.csv");
    JsonNode json = shell(tenants, audit).json(AuditExport.class, "acme", file.toString());

    assertThat(json.path("entries").asInt()).isEqualTo(1);
    assertThat(file).hasContent("x");
    assertThatThrownBy(() -> shell(tenants, audit).run(AuditExport.class, "acme", file.toString()))
        .hasMessageContaining("already");
    assertThat(Files.readString(file)).isEqualTo("x");
  }

  @Test
  void soundChainsShouldBeToldInNumbers() throws Exception {
    JsonNode json = shell(tenants, verification()).json(AuditVerify.class);

    assertThat(json.path("entries").asInt()).isEqualTo(10);
    assertThat(json.path("sound").asBoolean()).isTrue();
    assertThat(seen.get()[1]).isNull();
    assertThat(seen.get()[2]).isNull();
  }

  @Test
  void aChainThatIsNotSoundShouldFailTheCommand() {
    Finding cut = new Finding(ACME.id(), Kind.CUT, 8, 10, "A head says so");
    Shell shell = shell(tenants, verification(cut));

    assertThatThrownBy(() -> shell.run(AuditVerify.class, "--heads", "/mnt/witness", "acme"))
        .hasMessageContaining("Findings: 1");
    assertThat(seen.get()[1]).isEqualTo(ACME.id());
    assertThat(seen.get()[2]).isEqualTo(Path.of("/mnt/witness"));
  }
}
