// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import io.rookery.spi.secrets.SecretStoreException;

/** The server did not let our token do it: the token is dead, or its policy is too narrow. */
final class TokenRefusedException extends SecretStoreException {

  private static final long serialVersionUID = 1L;

  TokenRefusedException(String detail) {
    super(Kind.DENIED, detail, null);
  }
}
