// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.spi.secrets.SecretStoreException;
import java.time.Duration;

/** What callers are told when a store fails. */
final class StoreErrors {

  private static final Duration WAIT = Duration.ofSeconds(30);

  private StoreErrors() {}

  static RookeryException translate(SecretStoreException e) {
    return switch (e.kind()) {
      case CONFLICT ->
          new RookeryException(
              CommonErrors.CONFLICT, "The secret was written by somebody else in between", e);
      case SEALED ->
          RookeryException.unavailable("The secret store is sealed; try again later", WAIT, e);
      case UNREACHABLE, DENIED, UNREADABLE ->
          RookeryException.unavailable("The secret store cannot be used now", WAIT, e);
    };
  }
}
