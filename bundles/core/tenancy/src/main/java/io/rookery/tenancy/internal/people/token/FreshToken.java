// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.token;

import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.key.KeyDigests;
import io.rookery.tenancy.internal.key.KeyDigests.Peppered;
import java.time.Instant;

/** A token that was just made, and what is kept of it. */
public record FreshToken(TokenKind kind, Secret text, Peppered digest, Instant expiresAt) {

  /** Makes a token that begins to work now. */
  public static FreshToken of(TokenKind kind, KeyDigests digests, Instant now) {
    Secret text = kind.create();
    return new FreshToken(kind, text, digests.digest(text.reveal()), now.plus(kind.lifetime()));
  }
}
