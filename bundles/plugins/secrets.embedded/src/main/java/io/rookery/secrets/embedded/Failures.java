// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.embedded;

import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;

/** Makes this store's exceptions. */
final class Failures {

  private Failures() {}

  static SecretStoreException unreadable(String detail) {
    return new SecretStoreException(Kind.UNREADABLE, detail, null);
  }

  static SecretStoreException unreadable(String detail, Throwable cause) {
    return new SecretStoreException(Kind.UNREADABLE, detail, cause);
  }

  static SecretStoreException unreachable(String detail, Throwable cause) {
    return new SecretStoreException(Kind.UNREACHABLE, detail, cause);
  }

  static SecretStoreException conflict(String detail) {
    return new SecretStoreException(Kind.CONFLICT, detail, null);
  }
}
