// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.secrets;

import java.util.Objects;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes a {@link SecretStore} to another master key while it is used. Registered as a service with
 * the property {@code store}, the same as the store's. Thread-safe.
 */
@ConsumerType
public interface MasterRewrap {

  /**
   * Wraps every data key under another master key too. The store goes on under the present one; the
   * first start that is configured with the other makes it the present one and forgets the former.
   * May be repeated, and must be where it failed or died; it goes on where it was.
   *
   * @return how many data keys there are
   * @throws SecretStoreException of kind {@code CONFLICT} where the other key is the present one or
   *     a rewrap to a third is not finished; {@code UNREADABLE} where a file cannot be used
   */
  int rewrap(Next next);

  /**
   * Where the other master key comes from.
   *
   * @param file its file on this node, as it is to stand in the configuration
   * @param passphrase whether the file holds a passphrase; otherwise it holds a key, and is made
   *     where it is missing
   */
  record Next(String file, boolean passphrase) {

    /** Requires a file. */
    public Next {
      Objects.requireNonNull(file, "file");
    }
  }
}
