// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.secrets.TenantSeals.Seal;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/** What is said of the seals of tenants. */
public final class SealDtos {

  private SealDtos() {}

  /** A tenant's seal. */
  @Schema(name = "TenantSeal")
  public record SealView(UUID tenantId, String reason, String sealedBy, Instant sealedAt) {

    /** Shows a tenant's seal. */
    public static SealView of(UUID tenantId, Seal seal) {
      return new SealView(tenantId, seal.reason(), seal.sealedBy(), seal.sealedAt());
    }
  }
}
