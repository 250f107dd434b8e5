// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.entity;

import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;

/** The primary key that every row of a tenant has. */
public final class RowId implements Serializable {

  private static final long serialVersionUID = 1L;

  private UUID tenantId;
  private UUID id;

  /** For JPA. */
  public RowId() {}

  /** Names a row of a tenant. */
  public RowId(UUID tenantId, UUID id) {
    this.tenantId = tenantId;
    this.id = id;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowId row
        && Objects.equals(tenantId, row.tenantId)
        && Objects.equals(id, row.id);
  }

  @Override
  public int hashCode() {
    return Objects.hash(tenantId, id);
  }
}
