// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.sending.BackendVersions.Installed;
import io.rookery.api.sending.BackendVersions.Move;
import io.rookery.api.sending.BackendVersions.State;
import io.rookery.api.sending.BackendVersions.Use;
import io.rookery.rest.internal.param.Checks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What is said of the versions of mail backends. */
public final class BackendVersionDtos {

  private BackendVersionDtos() {}

  /** Which versions of a backend are used, and which are installed on the node that answers. */
  @Schema(name = "BackendUse")
  public record UseView(
      String backend,
      String current,
      String next,
      State state,
      boolean everybody,
      int movedTenants,
      int returnAbove,
      String reason,
      Instant changedAt,
      List<InstalledView> installed) {

    /** Shows what is used beside what is installed. */
    public static UseView of(Use use, List<Installed> installed) {
      return new UseView(
          use.backend(),
          use.current(),
          use.next(),
          use.state(),
          use.everybody(),
          use.tenants(),
          use.returnAbove(),
          use.reason(),
          use.changedAt(),
          installed.stream()
              .filter(it -> it.backend().equals(use.backend()))
              .map(InstalledView::of)
              .toList());
    }
  }

  /** A version that is installed on the node that answers. */
  @Schema(name = "InstalledBackend")
  public record InstalledView(
      String version,
      int calls,
      int silentCalls,
      long accepted,
      long failed,
      String problem,
      @Schema(description = "Servers that this node cannot reach by it now")
          List<String> unreachable) {

    static InstalledView of(Installed it) {
      return new InstalledView(
          it.version(),
          it.calls(),
          it.silentCalls(),
          it.accepted(),
          it.failed(),
          it.problem(),
          it.unreachable());
    }
  }

  /** Whom to move; a share or tenants, all where neither is given. */
  @Schema(name = "BackendMove")
  public record MoveRequest(
      String version,
      @Schema(minimum = "1", maximum = "100") Integer percent,
      Set<UUID> tenantIds,
      @Schema(minimum = "1", maximum = "100", defaultValue = "25") Integer returnAbove) {

    /** Returns it for the service. */
    public Move toMove(String backend) {
      new Checks().text("/version", version).done();
      Set<UUID> named = tenantIds == null ? Set.of() : tenantIds;
      Integer share = percent == null && named.isEmpty() ? Integer.valueOf(100) : percent;
      return new Move(backend, version, share, named, returnAbove == null ? 25 : returnAbove);
    }
  }
}
