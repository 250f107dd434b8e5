// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal;

import io.rookery.spi.secrets.SecretPath;
import java.util.UUID;

/** The ids by which events name secrets. */
public final class SecretSubjects {

  private SecretSubjects() {}

  /** Returns the id of a tenant's secret. */
  public static UUID of(UUID tenantId, String reference) {
    return SecretEvents.subject(SecretPath.tenant(tenantId, reference));
  }
}
