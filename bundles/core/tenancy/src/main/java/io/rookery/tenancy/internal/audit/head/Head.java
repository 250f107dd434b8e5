// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.head;

import io.rookery.tenancy.internal.audit.chain.Canonical;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** What the platform says of a chain: at that moment the entry of that number had that hash. */
public record Head(UUID tenantId, long seq, byte[] hash, Instant signedAt) {

  /** What is said with it. */
  public enum Kind {
    /** This was the end of the chain. */
    END,
    /** All up to here has outlived its retention. */
    CHECKPOINT
  }

  byte[] message(Kind kind) {
    return new Canonical("rookery audit " + kind.name().toLowerCase(Locale.ROOT) + " 1")
        .id(tenantId)
        .number(seq)
        .hash(hash)
        .moment(signedAt)
        .toBytes();
  }

  /** A head and what proves it. */
  public record Signed(Head head, int keyId, byte[] signature) {}
}
