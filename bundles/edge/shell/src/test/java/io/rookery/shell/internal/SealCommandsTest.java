// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.api.secrets.TenantSeals.Seal;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantSealing;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.tenants.TenantSeal;
import io.rookery.shell.internal.tenants.TenantUnseal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealCommandsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID OPERATOR = new UUID(0, 1);
  private static final UUID ACME = new UUID(0, 2);

  @TempDir Path directory;

  private final AtomicReference<List<Object>> seen = new AtomicReference<>();
  private final TenantService tenants =
      Fake.of(TenantService.class)
          .on("operator", it -> TenantContext.of(OPERATOR, (Actor) it[0]))
          .on(
              "find",
              it ->
                  Optional.of(
                      new Tenant(ACME, "acme", "Acme", null, Tenant.Status.ACTIVE, 1, NOON, 1)))
          .service();
  private final TenantSealing sealing =
      Fake.of(TenantSealing.class)
          .on(
              "seal",
              it -> {
                seen.set(List.of(it));
                return new Seal(new UUID(0, 3), (String) it[2], "operator:karaf", NOON);
              })
          .on(
              "unseal",
              it -> {
                seen.set(List.of(it));
                return null;
              })
          .service();

  @Test
  void aSealShouldBeSetByTheOperatorForAReason() throws Exception {
    JsonNode json = shell().json(TenantSeal.class, "--reason", "Found in public", "acme");
    assertThat(json.get("reason").asText()).isEqualTo("Found in public");
    assertThat(((TenantContext) seen.get().get(0)).tenantId()).isEqualTo(OPERATOR);
    assertThat(seen.get().subList(1, 3)).containsExactly(ACME, "Found in public");
    assertThatThrownBy(() -> shell().run(TenantSeal.class, "acme")).hasMessageContaining("reason");
  }

  @Test
  void aSealShouldBeLifted() throws Exception {
    assertThat(shell().run(TenantUnseal.class, "acme")).contains("goes on by itself");
    assertThat(seen.get().get(1)).isEqualTo(ACME);
  }

  private Shell shell() {
    return new Shell(directory, tenants, sealing);
  }
}
