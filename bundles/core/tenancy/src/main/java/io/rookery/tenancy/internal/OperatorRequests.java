// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Transactions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Requests of the operator that change a tenant's rows. The key is the operator's and the change
 * the tenant's, which are two transactions: the first notes in the operator's records whom the key
 * was used for, so that another request under it is refused; the second keeps the answer beside the
 * change, under a key that no client can send, as it holds a space.
 */
final class OperatorRequests {

  private final Transactions transactions;

  OperatorRequests(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Returns the tenant's context with the key under which the change is to be made once. */
  TenantContext begin(TenantContext operator, TenantContext tenant) {
    IdempotencyKey key = operator.idempotencyKey();
    if (key == null) {
      return tenant;
    }
    transactions.callOnce(operator, Begun.class, tx -> new Begun(tenant.tenantId()));
    return tenant.with(new IdempotencyKey("operator " + digest(key.key()), key.fingerprint()));
  }

  private static String digest(String key) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** Whom a key was used for. */
  record Begun(UUID tenantId) {}
}
