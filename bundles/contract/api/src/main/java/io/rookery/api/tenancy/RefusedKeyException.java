// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.tenancy;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import java.util.UUID;

/**
 * A key that is known works no more. To its bearer it looks like every other refusal; the audit log
 * of its tenant tells the difference.
 */
public final class RefusedKeyException extends RookeryException {

  private static final long serialVersionUID = 1L;

  private final UUID tenantId;
  private final UUID keyId;

  /** Refuses a tenant's key. */
  public RefusedKeyException(UUID tenantId, UUID keyId, String detail) {
    super(CommonErrors.UNAUTHENTICATED, detail);
    this.tenantId = tenantId;
    this.keyId = keyId;
  }

  /** Returns whose key it is. */
  public UUID tenantId() {
    return tenantId;
  }

  /** Returns which key it is. */
  public UUID keyId() {
    return keyId;
  }
}
