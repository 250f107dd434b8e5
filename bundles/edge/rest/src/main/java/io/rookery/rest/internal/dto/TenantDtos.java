// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.tenancy.ApiKey;
import io.rookery.api.tenancy.ApiKeyService.CreatedKey;
import io.rookery.api.tenancy.ApiKeyService.NewApiKey;
import io.rookery.api.tenancy.KeyUsage;
import io.rookery.api.tenancy.Scope;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService.NewTenant;
import io.rookery.api.tenancy.TenantService.TenantChange;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.rest.internal.dto.PeopleDtos.PersonView;
import io.rookery.rest.internal.param.Checks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What is said of tenants and their keys. */
public final class TenantDtos {

  private TenantDtos() {}

  /** A tenant. */
  @Schema(name = "Tenant")
  public record TenantView(
      UUID id,
      String slug,
      String name,
      String postalAddress,
      Tenant.Status status,
      int weight,
      Instant createdAt,
      long version)
      implements Identified, Versioned {

    /** Shows a tenant. */
    public static TenantView of(Tenant t) {
      return new TenantView(
          t.id(),
          t.slug(),
          t.name(),
          t.postalAddress(),
          t.status(),
          t.weight(),
          t.createdAt(),
          t.version());
    }
  }

  /** Whose key or token this is and what it may do: of a key its id, of a token its person. */
  @Schema(name = "Me")
  public record MeView(
      TenantView tenant,
      UUID keyId,
      PersonView person,
      UUID sessionId,
      Mode mode,
      List<String> scopes,
      boolean operator)
      implements Versioned {

    @Override
    public long version() {
      return tenant.version();
    }
  }

  /** A new tenant. */
  public record TenantRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String name,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String slug,
      String postalAddress) {

    /** Returns it for the service. */
    public NewTenant toNew() {
      new Checks().text("/name", name).text("/slug", slug).done();
      return new NewTenant(name, slug, postalAddress);
    }
  }

  /** A change of the own tenant; what is left out stays. */
  public record TenantPatch(String name, String postalAddress) {

    /** Returns it for the service. */
    public TenantChange toChange() {
      return new TenantChange(name, postalAddress);
    }
  }

  /** A tenant's part where sending is shared out among tenants. */
  public record WeightRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, minimum = "1", maximum = "100")
          Integer weight) {}

  /** Why something is stopped. */
  public record ReasonRequest(String reason) {}

  /** A key without its secret. */
  @Schema(name = "ApiKey")
  public record KeyView(
      UUID id,
      String name,
      List<String> scopes,
      List<String> addresses,
      Mode mode,
      String hint,
      Instant createdAt,
      Instant expiresAt,
      Instant lastUsedAt,
      Instant revokedAt,
      UUID workspaceId)
      implements Identified {

    /** Shows a key. */
    public static KeyView of(ApiKey k) {
      return new KeyView(
          k.id(),
          k.name(),
          wire(k.scopes()),
          k.addresses(),
          k.mode(),
          k.hint(),
          k.createdAt(),
          k.expiresAt(),
          k.lastUsedAt(),
          k.revokedAt(),
          k.workspaceId());
    }
  }

  /** A new key; the secret is shown this once. */
  @Schema(name = "CreatedApiKey")
  public record CreatedKeyView(UUID id, String secret, KeyView key) implements Identified {

    /** Shows a new key. */
    public static CreatedKeyView of(CreatedKey created) {
      return new CreatedKeyView(created.id(), created.secret().reveal(), KeyView.of(created.key()));
    }

    @Override
    public String toString() {
      return "CreatedKeyView[" + id + "]";
    }
  }

  /** What a new key shall be; live unless said otherwise. */
  @Schema(name = "ApiKeyRequest")
  public record KeyRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String name,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<String> scopes,
      Mode mode,
      Instant expiresAt,
      @Schema(description = "Addresses and ranges that it may be used from; everywhere without")
          List<String> addresses,
      @Schema(description = "The only workspace that it sees; the whole tenant without")
          UUID workspaceId) {

    /** Returns it for the service. */
    public NewApiKey toNew() {
      List<String> from = addresses == null ? List.of() : addresses;
      new Checks()
          .text("/name", name)
          .longest("/name", name, 200)
          .size("/scopes", scopes, 1, Scope.values().length)
          .size("/addresses", from, 0, 50)
          .done();
      Mode wanted = mode == null ? Mode.LIVE : mode;
      return new NewApiKey(name, read(scopes), wanted, expiresAt, from, workspaceId);
    }

    private static Set<Scope> read(List<String> wire) {
      Set<Scope> scopes = EnumSet.noneOf(Scope.class);
      for (int i = 0; i < wire.size(); i++) {
        String pointer = "/scopes/" + i;
        scopes.add(
            Scope.of(wire.get(i))
                .orElseThrow(() -> RookeryException.invalid(pointer, "There is no such scope")));
      }
      return scopes;
    }
  }

  /** For how long the old key works on: hours, 24 unless said otherwise, 0 to end it now. */
  public record RotateRequest(@Schema(minimum = "0", maximum = "168") Integer graceHours) {}

  /** How much a key was used. */
  @Schema(name = "ApiKeyUsage")
  public record UsageView(List<DayView> days, List<OperationView> operations) {

    /** Shows how much a key was used. */
    public static UsageView of(KeyUsage usage) {
      return new UsageView(
          usage.days().stream().map(d -> new DayView(d.day(), d.calls())).toList(),
          usage.operations().stream()
              .map(o -> new OperationView(o.operation(), o.calls()))
              .toList());
    }
  }

  /** How many calls there were on a day. */
  @Schema(name = "ApiKeyUsageDay")
  public record DayView(LocalDate day, long calls) {}

  /** How many calls an operation had. */
  @Schema(name = "ApiKeyUsageOperation")
  public record OperationView(String operation, long calls) {}

  /** Returns scopes as clients write them, in order. */
  public static List<String> wire(Collection<Scope> scopes) {
    return scopes.stream().sorted().map(Scope::wire).toList();
  }
}
