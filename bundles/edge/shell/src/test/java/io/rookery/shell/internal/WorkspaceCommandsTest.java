// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.api.tenancy.Workspace;
import io.rookery.api.tenancy.WorkspaceService;
import io.rookery.api.tenancy.WorkspaceService.NewWorkspace;
import io.rookery.kernel.Actor;
import io.rookery.kernel.Page;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.workspaces.WorkspaceArchive;
import io.rookery.shell.internal.workspaces.WorkspaceChange;
import io.rookery.shell.internal.workspaces.WorkspaceCreate;
import io.rookery.shell.internal.workspaces.WorkspaceList;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceCommandsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID OPERATOR = new UUID(0, 1);
  private static final UUID ACME = new UUID(0, 2);
  private static final UUID SHOES = new UUID(0, 7);

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
  private final WorkspaceService workspaces =
      Fake.of(WorkspaceService.class)
          .on("create", it -> keep(it, null))
          .on("update", it -> keep(it, null))
          .on("archive", it -> keep(it, NOON))
          .on("list", it -> new Page<>(List.of(keep(it, null)), null))
          .service();

  private Workspace keep(Object[] arguments, Instant archivedAt) {
    seen.set(List.of(((TenantContext) arguments[0]).tenantId(), arguments[1]));
    return new Workspace(SHOES, "Shoes", "Road 2\nTown", false, NOON, archivedAt, 1);
  }

  private String run(Class<? extends RookeryCommand> command, Object... arguments)
      throws Exception {
    return new Shell(directory, tenants, workspaces).run(command, arguments);
  }

  @Test
  void aWorkspaceShouldBeMadeInItsTenant() throws Exception {
    assertThat(run(WorkspaceCreate.class, "--address", "Road 2", "acme", "Shoes"))
        .contains("Shoes", "Road 2 Town");
    assertThat(seen.get()).isEqualTo(List.of(ACME, new NewWorkspace("Shoes", "Road 2")));
  }

  @Test
  void workspacesShouldBeListed() throws Exception {
    assertThat(run(WorkspaceList.class, "--json", "acme"))
        .contains("\"postal_address\"", "\"main\"", SHOES.toString());
  }

  @Test
  void aWorkspaceShouldBeChangedById() throws Exception {
    run(WorkspaceChange.class, "--name", "Boots", "acme", SHOES.toString());
    assertThat(seen.get()).isEqualTo(List.of(ACME, SHOES));
    assertThatThrownBy(() -> run(WorkspaceChange.class, "--name", "Boots", "acme", "shoes"))
        .hasMessageContaining("shoes is not the id of a workspace");
  }

  @Test
  void aWorkspaceShouldBeArchivedById() throws Exception {
    assertThat(run(WorkspaceArchive.class, "acme", SHOES.toString())).contains("2026-03-01");
    assertThat(seen.get()).isEqualTo(List.of(ACME, SHOES));
  }
}
