// SPDX-License-Identifier: Apache-2.0
package io.rookery.crypto;

import org.osgi.annotation.versioning.ProviderType;

/** A key that is ready to sign. Prints without the key itself. Thread-safe. */
@ProviderType
public interface SigningKey {

  /**
   * Returns the signature of a part of an array.
   *
   * @throws io.rookery.kernel.RookeryException {@code internal} where signing fails
   */
  byte[] sign(byte[] data, int offset, int length);
}
